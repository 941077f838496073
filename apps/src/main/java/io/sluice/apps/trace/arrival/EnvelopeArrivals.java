package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.ArrivalShape;

import java.util.Arrays;
import java.util.Iterator;

/** Arrivals whose rate follows a curve of steps, over and over. */
final class EnvelopeArrivals implements ArrivalProcess {

    private final String name;
    private final ArrivalShape shape;
    private final Pace pace;
    private final double requestsPerSecond;
    private final long seed;

    /**
     * How a curve is followed.
     *
     * @param stepSeconds how long a step lasts: 3600 for hours at their own pace
     * @param cv standard deviation of a gap over its mean where the rate does not change
     */
    record Pace(double stepSeconds, double cv) {}

    /**
     * A curve stretched to a mean rate.
     *
     * @param name what the curve is, for the report
     * @param steps shares of the steps, such as requests in each hour, not all zero
     * @param pace how long a step lasts here, and how bunched arrivals are within it
     * @param requestsPerSecond mean rate over the whole curve
     * @param seed of the draws
     */
    EnvelopeArrivals(String name, double[] steps, Pace pace, double requestsPerSecond, long seed) {
        this.name = name;
        this.pace = pace;
        this.requestsPerSecond = requestsPerSecond;
        this.seed = seed;
        double mean = Arrays.stream(steps).average().orElse(0);
        if (!(mean > 0)) {
            throw new IllegalArgumentException("a curve without traffic has no shape");
        }
        this.shape =
                new ArrivalShape.Cycle(
                        Arrays.stream(steps)
                                .mapToObj(
                                        step ->
                                                new ArrivalShape.Phase(
                                                        pace.stepSeconds(),
                                                        step / mean * requestsPerSecond))
                                .toList(),
                        1 / (pace.cv() * pace.cv()));
    }

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        return Gaps.accumulate(requests, shape.gaps(Draws.of(seed, "arrivals")));
    }

    @Override
    public String description() {
        return "%s whose rate follows %s, each step for %s s, mean %s requests/s, seed %d"
                .formatted(
                        pace.cv() == 1
                                ? "Poisson arrivals"
                                : "gamma-distributed gaps with CV " + Numbers.plain(pace.cv()),
                        name,
                        Numbers.plain(pace.stepSeconds()),
                        Numbers.plain(requestsPerSecond),
                        seed);
    }
}
