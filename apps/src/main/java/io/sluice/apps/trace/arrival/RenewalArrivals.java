package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;

import java.util.Iterator;

/**
 * Independent gamma-distributed gaps: a Poisson process at CV 1, bunched above, steadier below.
 *
 * @param requestsPerSecond mean rate
 * @param cv standard deviation of a gap over its mean
 * @param seed of the draws
 */
record RenewalArrivals(double requestsPerSecond, double cv, long seed) implements ArrivalProcess {

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        Draws draws = Draws.of(seed, "arrivals");
        double shape = 1 / (cv * cv);
        double scale = 1 / (requestsPerSecond * shape);
        return Gaps.accumulate(
                requests,
                () ->
                        cv == 1
                                ? draws.exponential() / requestsPerSecond
                                : draws.gamma(shape) * scale);
    }

    @Override
    public String description() {
        String rate = Numbers.plain(requestsPerSecond);
        return cv == 1
                ? "Poisson arrivals at %s requests/s, seed %d".formatted(rate, seed)
                : "gamma-distributed gaps at %s requests/s with CV %s, seed %d"
                        .formatted(rate, Numbers.plain(cv), seed);
    }
}
