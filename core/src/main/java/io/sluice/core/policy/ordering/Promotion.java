package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.Standing;

/**
 * Protection from starvation: a request that has waited for long enough is promoted, and stays so
 * for a while once it runs.
 *
 * @param afterMillis how long it waits until then; infinite for never
 * @param forMillis how long it stays so once it runs
 */
record Promotion(double afterMillis, double forMillis) {

    boolean holds(Standing standing) {
        return hadWaited(standing)
                && (!standing.isRunning() || standing.nowMillis() < end(standing));
    }

    /** When that changes by itself. */
    long changesAtMillis(Standing standing) {
        if (!standing.isRunning()) {
            return hadWaited(standing) ? PendingRequest.NEVER : begin(standing);
        }
        return holds(standing) ? end(standing) : PendingRequest.NEVER;
    }

    private boolean hadWaited(Standing standing) {
        long until = standing.isRunning() ? standing.runningSinceMillis() : standing.nowMillis();
        return until >= begin(standing);
    }

    private long begin(Standing standing) {
        return after(standing.waitingSinceMillis(), afterMillis);
    }

    private long end(Standing standing) {
        return after(standing.runningSinceMillis(), forMillis);
    }

    private static long after(long millis, double interval) {
        double moment = millis + Math.ceil(interval);
        return moment >= PendingRequest.NEVER ? PendingRequest.NEVER : (long) moment;
    }
}
