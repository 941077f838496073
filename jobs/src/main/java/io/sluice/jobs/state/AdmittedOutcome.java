package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A finished request that is let through once, or only a moment of log time.
 *
 * @param outcome the request; null if only time has passed
 * @param stale it may have been counted long ago: count it as late only
 * @param timeMillis log time
 */
public record AdmittedOutcome(@Nullable SlaOutcome outcome, boolean stale, long timeMillis) {

    /** Time has passed. */
    public static AdmittedOutcome time(long millis) {
        return new AdmittedOutcome(null, false, millis);
    }
}
