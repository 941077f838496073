package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The runs of one instance that may be interrupted, in the order of the lane's queue. Most of them
 * stand at the next look where they stood at the last, so places are kept: looking costs O(1) for a
 * run that has not changed and O(log B), of B runs, for one that has.
 */
final class RankedRuns {

    /** A run that may be interrupted. */
    static final class Runner {

        private final LaneEntry entry;
        private final PendingRequest request;
        private final SortKey place;
        private final long changesAtMillis;
        private long lastLook;

        Runner(LaneEntry entry, Standing standing, OrderingPolicy ordering) {
            this.entry = entry;
            this.request = standing.request();
            this.place = ordering.keyOf(standing);
            this.changesAtMillis = ordering.changesAtMillis(standing);
        }

        LaneEntry entry() {
            return entry;
        }

        PendingRequest request() {
            return request;
        }

        SortKey place() {
            return place;
        }

        private boolean stillHolds(LaneEntry now, long nowMillis) {
            return nowMillis < changesAtMillis && entry.equals(now);
        }
    }

    private final OrderingPolicy ordering;
    private final Map<RequestKey, Runner> byKey = new HashMap<>();
    private final TreeSet<Runner> byPlace = new TreeSet<>(Comparator.comparing(Runner::place));
    private ServiceModel service = ServiceModel.UNKNOWN_HARDWARE;
    private long look;
    private long nextChangeMillis;

    RankedRuns(OrderingPolicy ordering) {
        this.ordering = ordering;
    }

    /**
     * Brings the order up to date with all runs of the instance, at a time that never goes back.
     */
    void look(List<LaneEntry> runs, ServiceModel nowService, long now) {
        if (!nowService.equals(service)) {
            service = nowService;
            byKey.clear();
            byPlace.clear();
        }
        look++;
        nextChangeMillis = PendingRequest.NEVER;
        int seen = 0;
        for (LaneEntry entry : runs) {
            // What is unknown was adopted from the worker, and what is leaving is gone already.
            if (entry.request() != null && entry.run() != null && !entry.run().stopSent()) {
                see(entry, entry.request(), entry.run(), now);
                seen++;
            }
        }
        if (seen < byKey.size()) {
            forgetUnseen();
        }
    }

    private void see(LaneEntry entry, PendingRequest request, LaneEntry.Run run, long now) {
        Runner runner = byKey.get(entry.key());
        if (runner == null || !runner.stillHolds(entry, now)) {
            if (runner != null) {
                byPlace.remove(runner);
            }
            Standing standing = new Standing(request, run.sentAtMillis(), now, service);
            runner = new Runner(entry, standing, ordering);
            byKey.put(entry.key(), runner);
            byPlace.add(runner);
        }
        runner.lastLook = look;
        nextChangeMillis = Math.min(nextChangeMillis, runner.changesAtMillis);
    }

    private void forgetUnseen() {
        for (Iterator<Runner> all = byKey.values().iterator(); all.hasNext(); ) {
            Runner runner = all.next();
            if (runner.lastLook != look) {
                byPlace.remove(runner);
                all.remove();
            }
        }
    }

    /** The runs in order. */
    Iterable<Runner> inOrder() {
        return byPlace;
    }

    int size() {
        return byPlace.size();
    }

    /** When the place of one of them changes by itself, {@link PendingRequest#NEVER} if never. */
    long nextChangeMillis() {
        return nextChangeMillis;
    }
}
