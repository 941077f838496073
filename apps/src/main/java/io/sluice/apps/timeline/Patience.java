package io.sluice.apps.timeline;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Time that is used up. */
final class Patience {

    private final LongSupplier nanoClock;
    private final Duration limit;
    private final long begun;

    /**
     * Time that runs from now on.
     *
     * @param limit how long
     * @param nanoClock nanoseconds of a clock that never goes back
     */
    Patience(Duration limit, LongSupplier nanoClock) {
        this.limit = limit;
        this.nanoClock = nanoClock;
        this.begun = nanoClock.getAsLong();
    }

    Duration limit() {
        return limit;
    }

    boolean isOver() {
        return nanoClock.getAsLong() - begun >= limit.toNanos();
    }
}
