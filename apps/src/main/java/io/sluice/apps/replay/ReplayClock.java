package io.sluice.apps.replay;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/** The time a replay goes by, and how its one thread waits. */
public interface ReplayClock {

    /** Nanoseconds of a clock that never goes back; its zero means nothing. */
    long nanos();

    /** Milliseconds since 1970, by a clock that may be set. */
    long wallMillis();

    /**
     * Waits until {@link #nanos} is {@code nanos}, until {@link #wake}, or until nothing in
     * particular: the caller looks again. A wake before the wait ends it at once.
     */
    void parkUntil(long nanos);

    /** Ends the wait of the thread in {@link #parkUntil}, or its next one. From any thread. */
    void wake();

    /** The clocks of this machine, for one replay. */
    static ReplayClock system() {
        return new SystemClock();
    }

    /** Parks: the operating system ends the wait within some 60 microseconds of its time. */
    final class SystemClock implements ReplayClock {

        private final AtomicBoolean woken = new AtomicBoolean();
        private volatile @Nullable Thread waiter;

        private SystemClock() {}

        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public long wallMillis() {
            return System.currentTimeMillis();
        }

        @Override
        public void parkUntil(long nanos) {
            waiter = Thread.currentThread();
            long left = nanos - System.nanoTime();
            if (left > 0 && !woken.get()) {
                LockSupport.parkNanos(this, left);
            }
            woken.set(false);
        }

        @Override
        public void wake() {
            woken.set(true);
            LockSupport.unpark(waiter);
        }
    }
}
