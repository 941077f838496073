package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.sim.random.Draws;

import java.util.Arrays;
import java.util.Iterator;

/**
 * The gaps of another trace, in their order (which keeps its bursts together), over and over, from
 * a place drawn by the seed.
 */
final class TraceGapArrivals implements ArrivalProcess {

    /** Gaps that are kept: 8 MB, several hours of the largest traces. */
    private static final int MOST_GAPS = 1_000_000;

    private final String name;
    private final double[] gapSeconds;
    private final double requestsPerSecond;
    private final long seed;

    private TraceGapArrivals(
            String name, double[] gapSeconds, double requestsPerSecond, long seed) {
        this.name = name;
        this.gapSeconds = gapSeconds;
        this.requestsPerSecond = requestsPerSecond;
        this.seed = seed;
    }

    /**
     * Takes the gaps of a source, scaled to a mean rate; 0 keeps its own.
     *
     * @throws TraceException when the source has no two different arrival times
     */
    static TraceGapArrivals of(RequestSource source, double requestsPerSecond, long seed) {
        double[] gaps = new double[1024];
        int count = 0;
        long last = RecordedArrivals.recorded(source.next()).offsetNanos();
        while (count < MOST_GAPS && source.hasNext()) {
            long offset = RecordedArrivals.recorded(source.next()).offsetNanos();
            gaps = count == gaps.length ? Arrays.copyOf(gaps, 2 * count) : gaps;
            gaps[count++] = (offset - last) / 1e9;
            last = offset;
        }
        double[] kept = Arrays.copyOf(gaps, count);
        double mean = Arrays.stream(kept).average().orElse(0);
        if (mean == 0) {
            throw new TraceException(
                    source.description() + " has no two different arrival times to take gaps from");
        }
        double rate = requestsPerSecond == 0 ? 1 / mean : requestsPerSecond;
        double factor = 1 / (mean * rate);
        return new TraceGapArrivals(
                source.description(),
                Arrays.stream(kept).map(g -> g * factor).toArray(),
                rate,
                seed);
    }

    @Override
    public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
        int start = start();
        int[] drawn = {0};
        return Gaps.accumulate(
                requests,
                () -> gapSeconds[(int) (((long) start + drawn[0]++) % gapSeconds.length)]);
    }

    private int start() {
        return Draws.of(seed, "arrivals").below(gapSeconds.length);
    }

    @Override
    public String description() {
        return "gaps of %s in their order from gap %d (seed %d), mean %s requests/s"
                .formatted(name, start(), seed, Numbers.plain(requestsPerSecond));
    }
}
