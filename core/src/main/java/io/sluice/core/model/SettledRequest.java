package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * The one outcome of a request.
 *
 * @param key the request
 * @param outcome how it ended
 * @param attempt attempt that ended it; 0 if it was never assigned
 * @param instanceId instance of that attempt, or null
 * @param incarnation life of the worker that reported it complete, or null if none did
 * @param settledAtMillis when the router closed it
 * @param code machine-readable error, or null
 * @param message for people, or null
 * @param facts what the request was
 * @param waitedMillis submission to the end of its wait, if the wait ended with the request; else
 *     null
 * @param measures what its run measured, or null if it did not complete
 */
public record SettledRequest(
        RequestKey key,
        Outcome outcome,
        int attempt,
        @Nullable String instanceId,
        @Nullable Long incarnation,
        long settledAtMillis,
        @Nullable String code,
        @Nullable String message,
        @Nullable RequestFacts facts,
        @Nullable Long waitedMillis,
        @Nullable RunMeasures measures) {

    /**
     * Milliseconds from submission to dispatch, or to where the wait ended without one; null if it
     * never waited, or if it was dispatched and did not complete.
     */
    public @Nullable Long queueWaitMillis() {
        return measures == null ? waitedMillis : Long.valueOf(measures.queueWaitMillis());
    }

    /** Whether it has a deadline and did not complete by it, however it ended. */
    public boolean missesDeadline() {
        return hasDeadline() && (measures == null || endedMillis() > deadlineMillis());
    }

    /** Whether it was rejected for a deadline that still lay ahead. */
    public boolean isRejectedEarly() {
        return outcome == Outcome.REJECTED_DEADLINE
                && hasDeadline()
                && settledAtMillis < deadlineMillis();
    }

    private boolean hasDeadline() {
        return deadlineMillis() != PendingRequest.NEVER;
    }

    private long deadlineMillis() {
        return facts == null ? PendingRequest.NEVER : facts.deadlineMillis();
    }

    /** By the clock that its deadline is read on, and the worker's own for what it took. */
    private double endedMillis() {
        return facts == null || measures == null
                ? settledAtMillis
                : facts.submittedAtMillis() + measures.e2eMillis();
    }

    /** Whether all targets that the request named were met; null when it named none. */
    public @Nullable Boolean sloMet() {
        if (facts == null || facts.slo().equals(SloTarget.NONE)) {
            return null;
        }
        return measures != null && measures.meets(facts.slo());
    }
}
