package io.sluice.core.kernel;

/** Broker time of the worker log, as far as it has been read. */
@FunctionalInterface
public interface LogClock {

    /** Nothing has been read. */
    long UNREAD = Long.MIN_VALUE;

    /**
     * Append time, in milliseconds, of the latest record read from the partition, or {@link
     * #UNREAD}.
     */
    long latestMillis(int partition);
}
