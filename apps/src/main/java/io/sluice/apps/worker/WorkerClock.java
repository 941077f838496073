package io.sluice.apps.worker;

import java.util.concurrent.TimeUnit;

/** The times a worker goes by. */
interface WorkerClock {

    /** Nanoseconds of a clock that never goes back; its zero means nothing. */
    long nanos();

    /** Milliseconds since 1970, by a clock that may be set. */
    long wallMillis();

    /** {@link #nanos} in milliseconds, rounded down: the clock of the protocol. */
    default long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nanos());
    }

    /** The clocks of this machine; the first counts from now. */
    static WorkerClock system() {
        long origin = System.nanoTime();
        return new WorkerClock() {
            @Override
            public long nanos() {
                return System.nanoTime() - origin;
            }

            @Override
            public long wallMillis() {
                return System.currentTimeMillis();
            }
        };
    }
}
