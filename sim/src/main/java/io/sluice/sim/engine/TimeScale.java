package io.sluice.sim.engine;

import java.math.BigDecimal;

/**
 * Lets simulated time pass faster, or slower, than real time, so that service times shrink by a
 * factor while the engine keeps its own. Both clocks read the same at the start. The mapping is
 * exact integer arithmetic: it neither drifts nor loses an event.
 */
public final class TimeScale {
    private static final int MAX_DECIMALS = 6;
    private static final BigDecimal MAX_SPEEDUP = BigDecimal.valueOf(1_000_000);

    private final long startNanos;
    // Speedup as a fraction: `gained` simulated nanoseconds for `spent` real ones.
    private final long gained;
    private final long spent;

    private TimeScale(long startNanos, long gained, long spent) {
        this.startNanos = startNanos;
        this.gained = gained;
        this.spent = spent;
    }

    /**
     * A scale that starts at a real time.
     *
     * @param speedup simulated time per real time; above 0, at most a million, with at most six
     *     decimals
     * @param startNanos real time at which both clocks read the same
     */
    public static TimeScale of(double speedup, long startNanos) {
        if (!Double.isFinite(speedup)) {
            throw new IllegalArgumentException("speedup is " + speedup + ", must be a number");
        }
        BigDecimal exact = BigDecimal.valueOf(speedup);
        if (exact.signum() <= 0
                || exact.compareTo(MAX_SPEEDUP) > 0
                || exact.stripTrailingZeros().scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "speedup is %s, must be above 0, at most %s, with at most %d decimals"
                            .formatted(speedup, MAX_SPEEDUP, MAX_DECIMALS));
        }
        long spent = BigDecimal.TEN.pow(MAX_DECIMALS).longValueExact();
        return new TimeScale(
                startNanos, exact.movePointRight(MAX_DECIMALS).longValueExact(), spent);
    }

    /** The simulated time at a real time, rounded down. */
    public long toSimulated(long realNanos) {
        long elapsed = realNanos - startNanos;
        long whole = Math.multiplyExact(Math.floorDiv(elapsed, spent), gained);
        return startNanos + whole + Math.floorMod(elapsed, spent) * gained / spent;
    }

    /**
     * The first real time at which the simulated clock has reached a time; {@link
     * ContinuousBatchingEngine#NEVER} stays so.
     */
    public long toReal(long simulatedNanos) {
        if (simulatedNanos == ContinuousBatchingEngine.NEVER) {
            return simulatedNanos;
        }
        long elapsed = simulatedNanos - startNanos;
        long whole = Math.multiplyExact(Math.floorDiv(elapsed, gained), spent);
        long rest = Math.floorMod(elapsed, gained) * spent;
        return startNanos + whole + (rest + gained - 1) / gained;
    }
}
