package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;

import org.jspecify.annotations.Nullable;

/** What the router wants done. */
public sealed interface RouterEffect {

    /** Something for a lane. */
    sealed interface ToLane extends RouterEffect {
        /** The lane. */
        String instanceId();
    }

    /**
     * Give the request to a lane.
     *
     * @param policy name of the policy that chose the lane, or null if there was no choice
     * @param reason why this lane, for people
     */
    record Assign(
            String instanceId,
            PendingRequest request,
            int attempt,
            @Nullable String policy,
            String reason)
            implements ToLane {}

    /** Have a lane drop or stop an attempt. */
    record CancelAt(String instanceId, RequestKey key, int attempt, String reason)
            implements ToLane {}

    /**
     * Have a lane put a waiting request where it belongs now.
     *
     * @param priority its priority from now on
     * @param criticalPathMillis predicted milliseconds of what waits for it from now on
     */
    record RevalueAt(
            String instanceId, RequestKey key, int attempt, int priority, long criticalPathMillis)
            implements ToLane {}

    /** Ask a lane whether a release that an earlier job attempt decided still holds. */
    record RecheckAt(String instanceId, Release release) implements ToLane {}

    /**
     * Put the release behind all others, unchanged: it came before the news of which job attempt
     * this is, and neither believing nor dropping it would be right in all of them.
     */
    record Postponed(Release release) implements RouterEffect {}

    /** The request is closed. */
    record Settled(SettledRequest outcome) implements RouterEffect {}

    /** A terminal report came after its request was forgotten: for the dead letters. */
    record TooLate(WorkerReport.Completed report) implements RouterEffect {}

    /**
     * Something was dropped, to be counted.
     *
     * @param tokens output tokens that were made for nothing
     */
    record Dropped(RequestKey key, Cause cause, int tokens) implements RouterEffect {

        /** Something was dropped that cost no tokens. */
        public Dropped(RequestKey key, Cause cause) {
            this(key, cause, 0);
        }

        /** Why something was dropped. */
        public enum Cause {
            /** The request was submitted before. */
            DUPLICATE_REQUEST,
            /** The request was closed before. */
            ALREADY_CLOSED,
            /** A release that does not match the latest assignment. */
            STALE_RELEASE,
            /** A control event for a request that is not known. */
            UNKNOWN_TARGET,
            /** What a run had made before it was interrupted, and cannot go on from. */
            INTERRUPTED_RUN
        }
    }
}
