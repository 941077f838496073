package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;

import java.util.Arrays;
import java.util.Iterator;
import java.util.function.DoubleSupplier;

/** A Poisson process whose rate follows a recorded curve, hour by hour, over and over. */
final class EnvelopeArrivals implements ArrivalProcess {

    private final String name;
    private final double[] requestsPerBin;
    private final double binSeconds;
    private final double requestsPerSecond;
    private final long seed;

    /**
     * A curve stretched to a mean rate.
     *
     * @param name what the curve is, for the report
     * @param hours requests in each hour, not all zero
     * @param binSeconds how long an hour of the curve lasts here: 3600 for its own pace
     * @param requestsPerSecond mean rate over the whole curve
     * @param seed of the draws
     */
    EnvelopeArrivals(
            String name, double[] hours, double binSeconds, double requestsPerSecond, long seed) {
        this.name = name;
        this.binSeconds = binSeconds;
        this.requestsPerSecond = requestsPerSecond;
        this.seed = seed;
        double mean = Arrays.stream(hours).average().orElse(0);
        if (!(mean > 0)) {
            throw new IllegalArgumentException("a curve without traffic has no shape");
        }
        this.requestsPerBin =
                Arrays.stream(hours).map(h -> h / mean * requestsPerSecond * binSeconds).toArray();
    }

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        return Gaps.accumulate(requests, new Thinning());
    }

    @Override
    public String description() {
        return "Poisson arrivals whose rate follows %s, one hour in %s s, mean %s requests/s, seed %d"
                .formatted(name, Numbers.plain(binSeconds), Numbers.plain(requestsPerSecond), seed);
    }

    /** Time change: unit-rate exponential gaps, walked through the curve's integral. */
    private final class Thinning implements DoubleSupplier {

        private final Draws draws = Draws.of(seed, "arrivals");
        private int bin;
        private double shareOfBin;

        @Override
        public double getAsDouble() {
            double wanted = draws.exponential();
            double bins = 0;
            while (wanted > requestsPerBin[bin] * (1 - shareOfBin)) {
                wanted -= requestsPerBin[bin] * (1 - shareOfBin);
                bins += 1 - shareOfBin;
                shareOfBin = 0;
                bin = (bin + 1) % requestsPerBin.length;
            }
            double rest = wanted / requestsPerBin[bin];
            shareOfBin += rest;
            return (bins + rest) * binSeconds;
        }
    }
}
