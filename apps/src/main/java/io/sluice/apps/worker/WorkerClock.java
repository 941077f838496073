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

    /**
     * Milliseconds since 1970 by the clock of the broker, which stamps submissions; by {@link
     * #wallMillis} as long as the broker has said nothing.
     */
    long brokerMillis();

    /**
     * The clocks of this machine, the first from now, and that of a broker.
     *
     * @param broker knows it by {@link #nanos}
     */
    static WorkerClock system(BrokerTime broker) {
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

            @Override
            public long brokerMillis() {
                BrokerTime.Estimate known = broker.estimate();
                return known == null ? wallMillis() : (long) known.millisAt(nanos());
            }
        };
    }
}
