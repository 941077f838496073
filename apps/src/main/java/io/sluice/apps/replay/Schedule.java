package io.sluice.apps.replay;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * When offsets of a trace are due.
 *
 * @param startNanos the start, by the monotonic clock
 * @param startWallMillis the start, in milliseconds since 1970
 */
record Schedule(long startNanos, long startWallMillis) {

    /** A schedule that starts now. */
    static Schedule from(ReplayClock clock) {
        return new Schedule(clock.nanos(), clock.wallMillis());
    }

    /** When an offset is due, by the monotonic clock. */
    long dueNanos(long offsetNanos) {
        return startNanos + offsetNanos;
    }

    /** When something due is due, for people and records: milliseconds, rounded down. */
    Instant wallTime(long dueNanos) {
        return Instant.ofEpochMilli(startWallMillis)
                .plusNanos(dueNanos - startNanos)
                .truncatedTo(ChronoUnit.MILLIS);
    }
}
