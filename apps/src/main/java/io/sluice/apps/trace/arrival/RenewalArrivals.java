package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.ArrivalShape;

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
        ArrivalShape shape = new ArrivalShape.Gamma(requestsPerSecond, 1 / (cv * cv));
        return Gaps.accumulate(requests, shape.gaps(Draws.of(seed, "arrivals")));
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
