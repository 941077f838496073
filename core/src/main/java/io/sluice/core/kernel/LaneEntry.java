package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * One request that a lane owns: it waits, or it was sent to a worker.
 *
 * @param key the request
 * @param attempt the attempt that the lane was given
 * @param request its description; null for a run adopted from a worker's heartbeat before the
 *     request itself was read again
 * @param run where it runs, or null while it waits
 * @param passes how often a later request was taken ahead of it because it did not fit
 */
public record LaneEntry(
        RequestKey key,
        int attempt,
        @Nullable PendingRequest request,
        @Nullable Run run,
        int passes) {

    /**
     * A request's stay at a worker.
     *
     * @param instanceId instance
     * @param incarnation life of the worker
     * @param commandEpoch epoch of the command
     * @param sentAtMillis when the command was decided
     * @param reservedTokens KV tokens charged to the instance
     * @param stopSent whether it was told to stop
     */
    public record Run(
            String instanceId,
            long incarnation,
            long commandEpoch,
            long sentAtMillis,
            long reservedTokens,
            boolean stopSent) {

        Run stopping() {
            return new Run(
                    instanceId, incarnation, commandEpoch, sentAtMillis, reservedTokens, true);
        }
    }

    /** A request that waits. */
    public static LaneEntry waiting(PendingRequest request, int attempt) {
        return new LaneEntry(request.key(), attempt, request, null, 0);
    }

    /** Whether it waits. */
    public boolean isWaiting() {
        return run == null;
    }

    boolean runsOn(String instanceId) {
        return run != null && run.instanceId().equals(instanceId);
    }

    LaneEntry running(Run newRun) {
        return new LaneEntry(key, attempt, request, newRun, passes);
    }

    LaneEntry passedOnce() {
        return new LaneEntry(key, attempt, request, run, passes + 1);
    }

    LaneEntry of(@Nullable PendingRequest newRequest) {
        return new LaneEntry(key, attempt, newRequest, run, passes);
    }
}
