package io.sluice.apps.worker;

import java.util.concurrent.TimeUnit;

/** Clocks set by hand. */
final class HandClock implements WorkerClock {

    volatile long nanos;
    volatile long wallMillis = Commands.DECIDED;
    volatile long brokerAheadMillis;

    void advanceMillis(long millis) {
        nanos += TimeUnit.MILLISECONDS.toNanos(millis);
        wallMillis += millis;
    }

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return wallMillis;
    }

    @Override
    public long brokerMillis() {
        return wallMillis + brokerAheadMillis;
    }
}
