package io.sluice.apps.page.live;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.schemas.avro.Decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What waits in each lane, by class. An assignment puts a request there, its dispatch, release or
 * outcome takes it away, however often each is told. Requests that were assigned before the page
 * began to read are known by number only: each dispatch says how many its lane holds.
 */
final class LaneQueues {

    /** Requests that are known one by one; the rest of a longer queue is known by number only. */
    static final int MOST_REQUESTS = 200_000;

    /** Lanes shown one by one; the rest is one line. */
    static final int MOST_LANES = 200;

    static final String OTHER = "other";

    private record Place(String lane, PriorityBand band) {}

    private static final class Lane {
        private final int[] known = new int[PriorityBand.values().length];
        private int sum;
        private int unknown;
    }

    private final Map<RequestKey, Place> waiting = new HashMap<>();
    private final Map<String, Lane> lanes = new TreeMap<>();

    /** Takes in a decision. */
    void decided(Decision decision) {
        RequestKey key = RequestKeys.of(decision.getFairnessId(), decision.getRequestId());
        switch (decision.getKind()) {
            case ROUTE -> routed(key, decision);
            case DISPATCH -> dispatched(key, decision);
            case RELEASE, ADOPT -> remove(key);
            default -> {
                // Changes nothing in a queue.
            }
        }
    }

    /** A request that has ended waits nowhere. */
    void ended(RequestKey key) {
        remove(key);
    }

    private void routed(RequestKey key, Decision decision) {
        remove(key);
        String instance = decision.getInstanceId();
        if (instance == null || waiting.size() >= MOST_REQUESTS) {
            return;
        }
        PriorityBand band = PriorityBand.of(decision.getPriority());
        String name = name(instance);
        Lane lane = lane(name);
        waiting.put(key, new Place(name, band));
        lane.known[band.rank()]++;
        lane.sum++;
    }

    private void dispatched(RequestKey key, Decision decision) {
        remove(key);
        String instance = decision.getInstanceId();
        Integer length = decision.getQueueLength();
        if (instance != null && length != null && !name(instance).equals(OTHER)) {
            Lane lane = lane(instance);
            lane.unknown = Math.max(0, length - lane.sum);
        }
    }

    private void remove(RequestKey key) {
        Place place = waiting.remove(key);
        if (place != null) {
            Lane lane = lane(place.lane());
            lane.known[place.band().rank()]--;
            lane.sum--;
        }
    }

    private Lane lane(String name) {
        return lanes.computeIfAbsent(name, none -> new Lane());
    }

    private String name(String instance) {
        return lanes.containsKey(instance) || lanes.size() < MOST_LANES ? instance : OTHER;
    }

    LiveSnapshot.QueueView view() {
        List<String> classes = new ArrayList<>();
        for (PriorityBand band : PriorityBand.values()) {
            classes.add(band.label());
        }
        List<LiveSnapshot.LaneView> views = new ArrayList<>();
        lanes.forEach((name, lane) -> views.add(view(name, lane)));
        return new LiveSnapshot.QueueView(classes, views);
    }

    private static LiveSnapshot.LaneView view(String name, Lane lane) {
        List<Integer> known = new ArrayList<>();
        for (int count : lane.known) {
            known.add(count);
        }
        return new LiveSnapshot.LaneView(name, known, lane.unknown);
    }
}
