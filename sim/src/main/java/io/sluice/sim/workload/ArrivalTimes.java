package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Arrival times in nanoseconds: the running sum of a shape's gaps. */
final class ArrivalTimes implements LongSupplier {

    private static final double NANOS_PER_SECOND = 1e9;

    private final DoubleSupplier gaps;
    private double seconds;

    private ArrivalTimes(DoubleSupplier gaps) {
        this.gaps = gaps;
    }

    /** Times of a shape for a seed; what else is drawn for the seed does not move them. */
    static ArrivalTimes of(ArrivalShape shape, long seed) {
        return new ArrivalTimes(shape.gaps(Draws.of(seed, "arrivals")));
    }

    @Override
    public long getAsLong() {
        seconds += gaps.getAsDouble();
        return (long) (seconds * NANOS_PER_SECOND);
    }
}
