package io.sluice.apps.page.live;

import io.sluice.core.model.PriorityBand;
import io.sluice.schemas.avro.Decision;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** What waits in one lane, in the order in which it is thought to go. */
final class LaneQueue {

    /** How a lane's words begin where its tenants take turns. */
    private static final String TURN = "turn of tenant ";

    private final int[] counts = new int[PriorityBand.values().length];
    private final LanePace pace = new LanePace();
    private SortedSet<WaitingRequest> byPlace = byPlace();
    private LaneOrder order = LaneOrder.UNKNOWN;
    private int toldLength;
    private long toldMillis = Long.MIN_VALUE;
    private @Nullable String lastWords;

    private static SortedSet<WaitingRequest> byPlace() {
        return new TreeSet<>((a, b) -> a.place().compareTo(b.place()));
    }

    /** Puts a request in its place. */
    WaitingRequest add(WaitingRequest request) {
        WaitingRequest placed = order.placed(request);
        byPlace.add(placed);
        counts[placed.band().rank()]++;
        return placed;
    }

    void remove(WaitingRequest placed) {
        if (byPlace.remove(placed)) {
            counts[placed.band().rank()]--;
        }
    }

    /** Takes in how long the lane was after a decision; the newest counts, in whatever order. */
    void tells(Decision decision) {
        Integer length = decision.getQueueLength();
        long decided = decision.getDecidedAt().toEpochMilli();
        if (length != null && decided >= toldMillis) {
            toldLength = length;
            toldMillis = decided;
        }
    }

    /**
     * Something was dispatched, which tells how many are left, the policy and the pace.
     *
     * @param moved is told the new place of each request, if the policy is another
     */
    void dispatched(Decision decision, UnaryOperator<WaitingRequest> moved) {
        tells(decision);
        pace.dispatched(decision.getDecidedAt().toEpochMilli());
        lastWords = decision.getReason();
        String policy = decision.getPolicy();
        if (policy != null && !policy.equals(order.policy())) {
            order = LaneOrder.of(policy);
            SortedSet<WaitingRequest> again = byPlace();
            byPlace.forEach(request -> again.add(moved.apply(order.placed(request))));
            byPlace = again;
        }
    }

    List<Integer> counts() {
        List<Integer> known = new ArrayList<>();
        for (int count : counts) {
            known.add(count);
        }
        return known;
    }

    /** How many of those that waited when the length was last told are not known one by one. */
    int unknown() {
        if (toldLength == 0) {
            return 0;
        }
        long known = byPlace.stream().filter(one -> one.assignedMillis() <= toldMillis).count();
        return (int) Math.max(0, toldLength - known);
    }

    int size() {
        return byPlace.size();
    }

    /** The first of those that are selected, and what is known of their order. */
    HeadsView.LaneHead head(String instance, int most, Selection selection, long nowMillis) {
        Double interval = pace.intervalMillis(nowMillis);
        List<HeadsView.Entry> entries = new ArrayList<>();
        int position = 0;
        for (WaitingRequest request : byPlace) {
            position++;
            if (request.concerns(selection)) {
                Long start = interval == null ? null : nowMillis + Math.round(position * interval);
                entries.add(
                        HeadsView.Entry.of(
                                request, position, order.words(request, nowMillis), start));
            }
            if (entries.size() >= most) {
                break;
            }
        }
        return new HeadsView.LaneHead(
                instance,
                byPlace.size(),
                unknown(),
                order.policy(),
                certainty(),
                lastWords,
                interval,
                entries);
    }

    private HeadsView.Certainty certainty() {
        if (!order.isTold()) {
            return HeadsView.Certainty.ARRIVAL;
        }
        boolean turns = lastWords != null && lastWords.startsWith(TURN);
        return turns ? HeadsView.Certainty.TURNS : HeadsView.Certainty.KEYS;
    }
}
