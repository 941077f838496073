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
public record Ending(
        Outcome outcome, @Nullable String code, @Nullable String message, boolean waited) {

    /** It is not taken in at all, or not any more after it has waited for others. */
    static Ending refused(Verdict verdict) {
        return new Ending(
                verdict.outcome(), verdict.code(), verdict.message(), verdict.ofTheMoment());
    }

    /** It has waited, and does not any more. */
    static Ending waited(Outcome outcome, @Nullable String message) {
        return new Ending(outcome, null, message, true);
    }

    /** It was cancelled while it waited to be assigned. */
    static Ending cancelledWaiting(@Nullable String reason) {
        return waited(Outcome.EVICTED_CONTEXT_CANCELLED, reason);
    }

    /**
     * It has no time left. A deadline that had passed before the request could be looked at is a
     * rejection; time that ran out while it waited is an eviction.
     */
    static Ending outOfTime(RouteRecord record, PendingRequest request, long now) {
        boolean unseen = record.phase() == RouteRecord.Phase.AWAITED;
        long latest = unseen ? now : request.submittedAtMillis();
        if (request.deadlineMillis() <= latest) {
            long late = now - request.deadlineMillis();
            String message = "deadline passed %d ms before it arrived".formatted(late);
            return new Ending(Outcome.REJECTED_DEADLINE, null, message, false);
        }
        return waited(Outcome.EVICTED_TTL, "its time ran out before an instance took it");
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
    static Ending failed(RouteRecord record, Release release) {
        String what = release.message() == null ? release.reason().name() : release.message();
        String message =
                "attempt %d failed on %s (%d failures): %s"
                        .formatted(
                                record.attempt(), release.fromInstance(), record.failures(), what);
        return new Ending(Outcome.FAILED, release.code(), message, false);
    }

    /** What is kept of it until the request is read: how long that had waited will not be known. */
    Ending kept() {
        return new Ending(outcome, code, message, false);
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
