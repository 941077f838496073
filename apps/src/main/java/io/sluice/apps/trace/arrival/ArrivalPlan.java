package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceRequest;
import io.sluice.apps.trace.arrival.ArrivalSpec.Auto;
import io.sluice.apps.trace.arrival.ArrivalSpec.GapsOf;
import io.sluice.apps.trace.arrival.ArrivalSpec.Hourly;
import io.sluice.apps.trace.arrival.ArrivalSpec.Recorded;
import io.sluice.apps.trace.arrival.ArrivalSpec.Renewal;
import io.sluice.apps.trace.arrival.ArrivalSpec.Spread;
import io.sluice.apps.trace.arrival.ArrivalSpec.Square;
import io.sluice.apps.trace.file.FileTrace;
import io.sluice.apps.trace.file.HourlyRates;
import io.sluice.apps.trace.file.TraceOptions;

import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/**
 * How a replay paces a trace.
 *
 * @param spec where times come from
 * @param requestsPerSecond mean rate in the trace's own time; empty keeps what is recorded, or
 *     {@link #DEFAULT_REQUESTS_PER_SECOND} where nothing is
 * @param speedup what all gaps are then divided by
 * @param seed of the draws
 */
public record ArrivalPlan(
        ArrivalSpec spec, OptionalDouble requestsPerSecond, double speedup, long seed) {

    /** Rate for traces without times when none is asked for. */
    public static final double DEFAULT_REQUESTS_PER_SECOND = 5;

    public ArrivalPlan {
        requirePositive("rate", requestsPerSecond.orElse(1));
        requirePositive("speedup", speedup);
    }

    /**
     * The process for a source.
     *
     * @param source what will be replayed; not read here
     * @param again opens the same source once more: read through when recorded times are scaled to
     *     a rate, else not opened
     * @throws TraceException when recorded times are wanted and there are none, or a named file
     *     cannot be used
     */
    public ArrivalProcess process(RequestSource source, Supplier<? extends RequestSource> again) {
        ArrivalProcess wanted = unscaled(source, again);
        ArrivalProcess process = source.hasArrivals() ? wanted : new NoTimes(wanted);
        return speedup == 1
                ? process
                : new ScaledArrivals(
                        process, 1 / speedup, "sped up " + Numbers.plain(speedup) + " times");
    }

    private ArrivalProcess unscaled(RequestSource source, Supplier<? extends RequestSource> again) {
        double rate = requestsPerSecond.orElse(DEFAULT_REQUESTS_PER_SECOND);
        if (spec instanceof Auto && source.hasArrivals()) {
            return atRate(new RecordedArrivals(), again);
        } else if (spec instanceof Auto) {
            return new RenewalArrivals(rate, 1, seed);
        } else if (spec instanceof Recorded) {
            requireTimes(source);
            return atRate(new RecordedArrivals(), again);
        } else if (spec instanceof Spread spread) {
            requireTimes(source);
            return atRate(new SpreadTicks(spread.tick(), seed), again);
        } else if (spec instanceof Renewal renewal) {
            return new RenewalArrivals(rate, renewal.cv(), seed);
        } else if (spec instanceof Hourly hourly) {
            double[] hours = HourlyRates.read(hourly.file());
            String name = String.valueOf(hourly.file().getFileName());
            EnvelopeArrivals.Pace pace =
                    new EnvelopeArrivals.Pace(hourly.secondsPerHour(), hourly.cv());
            return new EnvelopeArrivals(name, hours, pace, rate, seed);
        } else if (spec instanceof Square square) {
            double[] shares = {square.first(), square.second()};
            EnvelopeArrivals.Pace pace = new EnvelopeArrivals.Pace(square.seconds(), 1);
            return new EnvelopeArrivals("a square wave", shares, pace, rate, seed);
        } else if (spec instanceof GapsOf gaps) {
            return gapsOf(gaps);
        }
        throw new IllegalStateException("no process for " + spec);
    }

    private ArrivalProcess gapsOf(GapsOf gaps) {
        try (FileTrace other = FileTrace.open(gaps.file(), TraceOptions.defaults())) {
            if (!other.hasArrivals()) {
                throw new TraceException(
                        "trace " + gaps.file() + " records no arrival times to take gaps from");
            }
            return TraceGapArrivals.of(other, requestsPerSecond.orElse(0), seed);
        }
    }

    private static void requireTimes(RequestSource source) {
        if (!source.hasArrivals()) {
            throw new TraceException(
                    source.description()
                            + " records no arrival times; choose other arrivals of "
                            + ArrivalSpec.CHOICES);
        }
    }

    private ArrivalProcess atRate(
            ArrivalProcess recorded, Supplier<? extends RequestSource> again) {
        if (requestsPerSecond.isEmpty()) {
            return recorded;
        }
        double wanted = requestsPerSecond.getAsDouble();
        try (RequestSource source = again.get()) {
            double own = ownRate(source);
            return new ScaledArrivals(
                    recorded,
                    own / wanted,
                    "scaled from %s to %s requests/s"
                            .formatted(Numbers.plain(own), Numbers.plain(wanted)));
        }
    }

    private static double ownRate(RequestSource source) {
        long last = 0;
        long count = -1;
        while (source.hasNext()) {
            last = source.next().arrivalNanos();
            count++;
        }
        if (last <= 0) {
            throw new TraceException(
                    source.description()
                            + ": all requests arrive at once, so its rate cannot be scaled");
        }
        return count / (last / 1e9);
    }

    private static void requirePositive(String name, double value) {
        if (!(value > 0 && value <= 1e9)) {
            throw new TraceException(name + " must be above 0, not " + value);
        }
    }

    /** A process that stands in for times that the trace does not record, and says so. */
    private record NoTimes(ArrivalProcess inner) implements ArrivalProcess {

        @Override
        public Iterator<TimedRequest> schedule(Iterator<TraceRequest> requests) {
            return inner.schedule(requests);
        }

        @Override
        public String description() {
            return inner.description() + " (the trace records no times)";
        }
    }
}
