package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A finished request that is let through once, or a moment of log time and what a worker says then.
 *
 * @param outcome the request; null if it is something else
 * @param fact what a worker says; null if it is something else
 * @param stale it may have been counted long ago: count it as late only
 * @param timeMillis log time
 */
public record AdmittedOutcome(
        @Nullable SlaOutcome outcome, @Nullable WorkerFact fact, boolean stale, long timeMillis) {

    /** Time has passed, and a worker may say something. */
    public static AdmittedOutcome of(WorkerFact fact) {
        return new AdmittedOutcome(null, fact, false, fact.timeMillis());
    }
}
