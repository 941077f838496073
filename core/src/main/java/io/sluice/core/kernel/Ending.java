package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.SettledRequest;

import org.jspecify.annotations.Nullable;

/**
 * How a request ends that does not complete.
 *
 * @param outcome how it ends
 * @param code machine-readable error, or null
 * @param message for people, or null
 * @param waited whether it has been waiting until now, so that its wait in the queue ends with it
 */
record Ending(Outcome outcome, @Nullable String code, @Nullable String message, boolean waited) {

    /** It is not taken in at all. */
    static Ending refused(Outcome outcome, String message) {
        return new Ending(outcome, null, message, false);
    }

    /** It has waited, and does not any more. */
    static Ending waited(Outcome outcome, @Nullable String message) {
        return new Ending(outcome, null, message, true);
    }

    /** Its lane has let go of it for a reason that ends it. */
    static Ending released(Outcome outcome, Release release) {
        return new Ending(
                outcome, release.code(), release.message(), release.reason().isOfQueued());
    }

    /** It was cancelled, and its lane has let go of it for another reason. */
    static Ending cancelled(String cancelReason, ReleaseReason reason) {
        return new Ending(
                Outcome.EVICTED_CONTEXT_CANCELLED, null, cancelReason, reason.isOfQueued());
    }

    /** Its last run has failed. */
    static Ending failed(@Nullable String code, String message) {
        return new Ending(Outcome.FAILED, code, message, false);
    }

    /** The outcome of a request that ends this way now. */
    SettledRequest of(RouteRecord record, long now) {
        PendingRequest request = record.request();
        return new SettledRequest(
                record.key(),
                outcome,
                record.attempt(),
                record.instanceId(),
                null,
                now,
                code,
                message,
                request == null ? null : RequestFacts.of(request),
                request == null || !waited ? null : waitMillis(request, now),
                null);
    }

    /** The broker's clock, which stamped the submission, may be ahead of the job's. */
    private static long waitMillis(PendingRequest request, long now) {
        return Math.max(0, now - request.submittedAtMillis());
    }
}
