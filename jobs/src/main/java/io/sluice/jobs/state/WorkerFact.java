package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * What the SLA job takes from the log of the workers: the time, and what may be a cause.
 *
 * @param timeMillis when the broker appended the event
 * @param instance instance that reports; empty if none does
 * @param facts what it says about itself; null if nothing
 * @param impossible whether it also said something that cannot be, such as a negative duration
 */
public record WorkerFact(
        long timeMillis, String instance, @Nullable CauseFactsState facts, boolean impossible) {

    /** Nothing but the time. */
    public static WorkerFact time(long millis) {
        return new WorkerFact(millis, "", null, false);
    }
}
