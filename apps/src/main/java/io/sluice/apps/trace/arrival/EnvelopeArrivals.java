package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.ArrivalShape;

import java.util.Arrays;
import java.util.Iterator;

/** A Poisson process whose rate follows a curve of steps, over and over. */
final class EnvelopeArrivals implements ArrivalProcess {

    private final String name;
    private final ArrivalShape shape;
    private final double stepSeconds;
    private final double requestsPerSecond;
    private final long seed;

    /**
     * A curve stretched to a mean rate.
     *
     * @param name what the curve is, for the report
     * @param steps shares of the steps, such as requests in each hour, not all zero
     * @param stepSeconds how long a step lasts here: 3600 for hours at their own pace
     * @param requestsPerSecond mean rate over the whole curve
     * @param seed of the draws
     */
    EnvelopeArrivals(
            String name, double[] steps, double stepSeconds, double requestsPerSecond, long seed) {
        this.name = name;
        this.stepSeconds = stepSeconds;
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
                                                        stepSeconds,
                                                        step / mean * requestsPerSecond))
                                .toList());
    }

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        return Gaps.accumulate(requests, shape.gaps(Draws.of(seed, "arrivals")));
    }

    @Override
    public String description() {
        return "Poisson arrivals whose rate follows %s, each step for %s s, mean %s requests/s, seed %d"
                .formatted(
                        name, Numbers.plain(stepSeconds), Numbers.plain(requestsPerSecond), seed);
    }
}
