package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;

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
     * @param choice why this lane
     */
    record Assign(String instanceId, PendingRequest request, int attempt, Choice choice)
            implements ToLane {}

    /**
     * The request is kept, not given to a lane yet; told once for each want and attempt. Nothing is
     * to be done.
     *
     * @param attempt attempts so far
     * @param want what it is held for
     * @param reason for people
     */
    record Held(PendingRequest request, int attempt, Want want, String reason)
            implements RouterEffect {

        /** What a request is held for. */
        public enum Want {
            /** It waits for others of its workflow. */
            WORKFLOW,
            /** No instance would take it. */
            NO_INSTANCE,
            /** The router does not know the fleet well enough yet. */
            TAKING_STOCK
        }
    }

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
     * Keep the release, and give it to the router again a while later: it came before the news of
     * which job attempt this is, and neither believing nor dropping it would be right in all of
     * them. Kept with the record, not written to the log once more: a job that crashes again and
     * again before its first checkpoint would read what each attempt wrote, and write it again.
     */
    record Postponed(Release release) implements RouterEffect {}

    /**
     * The request is closed.
     *
     * @param expected what had been predicted of it
     */
    record Settled(SettledRequest outcome, Expected expected) implements RouterEffect {

        /** The request is closed, and nothing was predicted of it. */
        public Settled(SettledRequest outcome) {
            this(outcome, Expected.NOTHING);
        }
    }

    /**
     * What had been predicted of a request, to stand beside what came true.
     *
     * @param outputTokens its output; 0 if nobody predicted that
     * @param serviceMillis how long its run would take on the instance it was given to; {@link
     *     Double#NaN} if it was given to none, or that is not known any more
     */
    record Expected(int outputTokens, double serviceMillis) {

        /** Nothing. */
        public static final Expected NOTHING = new Expected(0, Double.NaN);

        static Expected of(RouteRecord record) {
            PendingRequest request = record.request();
            return new Expected(
                    request == null ? 0 : request.predictedOutputTokens(),
                    record.work() > 0 ? record.work() : Double.NaN);
        }
    }

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
