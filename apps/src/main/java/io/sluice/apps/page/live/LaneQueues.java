package io.sluice.apps.page.live;

import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.SortKey;
import io.sluice.schemas.avro.Decision;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What waits in each lane, and what the router keeps. An assignment puts a request in a lane, its
 * dispatch, release or end takes it away, however often each is told. Requests that were assigned
 * before the page began to read are known by number only: each dispatch says how many its lane
 * holds.
 */
final class LaneQueues {

    /** Requests that are known one by one; the rest of a longer queue is known by number only. */
    static final int MOST_REQUESTS = 100_000;

    /** Lanes shown one by one; the rest is one line. */
    static final int MOST_LANES = 200;

    /** Lanes whose heads are shown. */
    static final int MOST_HEADS = 8;

    /** Requests that are shown, of all heads together, and of one. */
    static final int MOST_ENTRIES = 40;

    static final int MOST_ENTRIES_OF_ONE = 20;

    static final String OTHER = "other";

    /** Where those wait that the router keeps. */
    private static final String ROUTER = "";

    private final Map<RequestKey, WaitingRequest> waiting = new HashMap<>();
    private final Map<String, LaneQueue> lanes = new TreeMap<>();
    private final TreeSet<WaitingRequest> held =
            new TreeSet<>(Comparator.comparing(WaitingRequest::place, SortKey::compareTo));

    /** Takes in a decision. */
    void decided(Decision decision) {
        RequestKey key = RequestKeys.of(decision.getFairnessId(), decision.getRequestId());
        switch (decision.getKind()) {
            case ROUTE -> routed(key, decision);
            case HOLD -> put(WaitingRequest.of(key, ROUTER, decision));
            case DISPATCH -> dispatched(key, decision);
            case RELEASE -> released(key, decision);
            case ADOPT -> left(key, decision);
            case REJECT, EXPIRE, END -> remove(key);
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
        String instance = decision.getInstanceId();
        if (instance == null) {
            remove(key);
        } else {
            put(WaitingRequest.of(key, name(instance), decision));
        }
    }

    private void put(WaitingRequest request) {
        remove(request.key());
        if (waiting.size() >= MOST_REQUESTS) {
            return;
        }
        WaitingRequest placed = request;
        if (request.lane().equals(ROUTER)) {
            held.add(request);
        } else {
            placed = lane(request.lane()).add(request);
        }
        waiting.put(request.key(), placed);
    }

    private void dispatched(RequestKey key, Decision decision) {
        left(key, decision);
        String instance = decision.getInstanceId();
        if (instance != null && !name(instance).equals(OTHER)) {
            lane(instance)
                    .dispatched(
                            decision,
                            moved -> {
                                waiting.put(moved.key(), moved);
                                return moved;
                            });
        }
    }

    private void released(RequestKey key, Decision decision) {
        left(key, decision);
        String instance = decision.getInstanceId();
        LaneQueue lane = instance == null ? null : lanes.get(instance);
        if (lane != null) {
            lane.tells(decision);
        }
    }

    /** A lane has it no more, unless it has been assigned anew since. */
    private void left(RequestKey key, Decision decision) {
        WaitingRequest request = waiting.get(key);
        if (request != null && !request.isAfter(decision)) {
            remove(key);
        }
    }

    private void remove(RequestKey key) {
        WaitingRequest request = waiting.remove(key);
        if (request == null) {
            return;
        }
        if (request.lane().equals(ROUTER)) {
            held.remove(request);
        } else {
            lane(request.lane()).remove(request);
        }
    }

    private LaneQueue lane(String name) {
        return lanes.computeIfAbsent(name, none -> new LaneQueue());
    }

    private String name(String instance) {
        return lanes.containsKey(instance) || lanes.size() < MOST_LANES ? instance : OTHER;
    }

    LiveSnapshot.QueueView view(Selection selection) {
        List<String> classes = new ArrayList<>();
        for (PriorityBand band : PriorityBand.values()) {
            classes.add(band.label());
        }
        List<LiveSnapshot.LaneView> views = new ArrayList<>();
        lanes.forEach(
                (name, lane) -> {
                    if (selection.isInstance(name)) {
                        views.add(new LiveSnapshot.LaneView(name, lane.counts(), lane.unknown()));
                    }
                });
        return new LiveSnapshot.QueueView(classes, views);
    }

    /** Who goes next. */
    HeadsView heads(Selection selection, long nowMillis) {
        List<HeadsView.LaneHead> found = new ArrayList<>();
        lanes.forEach(
                (name, lane) -> {
                    if (lane.size() > 0 && !name.equals(OTHER) && selection.isInstance(name)) {
                        found.add(lane.head(name, MOST_ENTRIES_OF_ONE, selection, nowMillis));
                    }
                });
        found.removeIf(head -> head.entries().isEmpty());
        found.sort(
                Comparator.comparingInt((HeadsView.LaneHead head) -> -head.waiting())
                        .thenComparing(HeadsView.LaneHead::instance));
        int shown = Math.min(found.size(), MOST_HEADS);
        int each = shown == 0 ? 0 : Math.min(MOST_ENTRIES_OF_ONE, MOST_ENTRIES / shown);
        return new HeadsView(
                found.stream().limit(MOST_HEADS).map(head -> head.first(each)).toList(),
                found.size() - shown,
                held.size(),
                keeps(selection));
    }

    private List<HeadsView.Entry> keeps(Selection selection) {
        List<HeadsView.Entry> entries = new ArrayList<>();
        int position = 0;
        for (WaitingRequest request : held) {
            position++;
            if (request.concerns(selection)) {
                String why = request.why() == null ? "" : request.why();
                entries.add(HeadsView.Entry.of(request, position, why, null));
            }
            if (entries.size() >= MOST_ENTRIES_OF_ONE) {
                break;
            }
        }
        return entries;
    }
}
