package io.sluice.apps.simulate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Processor time that the calling thread spends on a simulation. Reading a trace does not count: it
 * is read ahead in pieces, with the clock stopped.
 */
final class CpuClock {

    private static final int PIECE = 4_096;
    private static final double NANOS_PER_SECOND = 1e9;

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private long spent;
    private long startedAt;

    void start() {
        startedAt = threads.getCurrentThreadCpuTime();
    }

    void stop() {
        spent += threads.getCurrentThreadCpuTime() - startedAt;
    }

    double seconds() {
        return spent / NANOS_PER_SECOND;
    }

    /** The same elements, read while the clock, which must run, stands still. */
    <T> Iterator<T> unmetered(Iterator<T> source) {
        return new Iterator<>() {
            private final Object[] piece = new Object[PIECE];
            private int next;
            private int count;

            @Override
            public boolean hasNext() {
                if (next == count) {
                    stop();
                    next = 0;
                    count = 0;
                    while (count < PIECE && source.hasNext()) {
                        piece[count++] = source.next();
                    }
                    start();
                }
                return next < count;
            }

            @Override
            @SuppressWarnings("unchecked") // The piece holds what the source gave.
            public T next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the workload has ended");
                }
                return (T) piece[next++];
            }
        };
    }
}
