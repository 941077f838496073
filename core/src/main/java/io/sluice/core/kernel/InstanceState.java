package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;

/**
 * What a lane remembers of one instance.
 *
 * @param instanceId instance
 * @param incarnation latest life of its worker
 * @param capacity what the worker advertises
 * @param lastSeq number of the last report read
 * @param lastHeartbeatLogMillis broker time of the last heartbeat
 * @param awaitedSyncSeq number of the first unanswered {@code sync}, 0 for none
 * @param draining whether the worker takes no more work
 * @param dead whether the incarnation was declared dead
 * @param pace measured round trip and completions
 */
public record InstanceState(
        String instanceId,
        long incarnation,
        InstanceCapacity capacity,
        long lastSeq,
        long lastHeartbeatLogMillis,
        long awaitedSyncSeq,
        boolean draining,
        boolean dead,
        Pace pace) {

    /**
     * How fast commands travel and requests finish.
     *
     * @param roundTripMillis smoothed time from a dispatch decision until its acceptance was read;
     *     0 before the first
     * @param completionGapMillis smoothed time between completions; 0 before the second
     * @param lastCompletionMillis time of the last completion; 0 before the first
     */
    public record Pace(
            double roundTripMillis, double completionGapMillis, long lastCompletionMillis) {

        /** Nothing measured. */
        public static final Pace UNKNOWN = new Pace(0, 0, 0);
    }
}
