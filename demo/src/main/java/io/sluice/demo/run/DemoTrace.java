package io.sluice.demo.run;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.arrival.ArrivalPlan;
import io.sluice.apps.trace.arrival.ArrivalProcess;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.apps.trace.file.FileTrace;
import io.sluice.apps.trace.file.TraceOptions;
import io.sluice.apps.trace.shape.RequestShaper;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.shape.Shaping;
import io.sluice.apps.trace.shape.TokenLimit;
import io.sluice.apps.trace.synthetic.SyntheticTrace;

import java.util.Iterator;
import java.util.stream.Collectors;

/** The requests of a run, paced and shaped, read once. */
final class DemoTrace implements AutoCloseable {

    /** Above what the default instances can do at once, so that there is a queue to look at. */
    private static final double SYNTHETIC_REQUESTS_PER_SECOND = 5;

    private final RequestSource source;
    private final ArrivalProcess arrivals;
    private final RequestShaper shaper;

    private DemoTrace(RequestSource source, ArrivalProcess arrivals, RequestShaper shaper) {
        this.source = source;
        this.arrivals = arrivals;
        this.shaper = shaper;
    }

    /**
     * Opens the trace and reads as far as its first request, so that one that cannot be used is
     * found out before anything is started.
     *
     * @throws TraceException if it cannot be read, or has no request
     */
    static DemoTrace open(TraceChoice choice, double speedup, long seed) {
        RequestSource source = source(choice, seed);
        try {
            ArrivalPlan plan =
                    new ArrivalPlan(
                            new ArrivalSpec.Auto(), choice.requestsPerSecond(), speedup, seed);
            ArrivalProcess arrivals = plan.process(source, () -> source(choice, seed));
            Shaping shaping =
                    new Shaping(
                            choice.mix(),
                            choice.targets(),
                            new TokenLimit.Unlimited(),
                            speedup,
                            seed);
            source.hasNext();
            return new DemoTrace(source, arrivals, new RequestShaper(shaping));
        } catch (RuntimeException exception) {
            source.close();
            throw exception;
        }
    }

    private static RequestSource source(TraceChoice choice, long seed) {
        if (choice.file() == null) {
            double rate = choice.requestsPerSecond().orElse(SYNTHETIC_REQUESTS_PER_SECOND);
            return new SyntheticTrace(choice.requests(), rate, seed);
        }
        TraceOptions options = TraceOptions.defaults().withLimit(choice.requests()).withSeed(seed);
        return FileTrace.open(
                choice.file(), choice.format().map(options::withFormat).orElse(options));
    }

    /** The requests; lazy. To be asked for once. */
    Iterator<ShapedRequest> requests() {
        Iterator<TimedRequest> timed = arrivals.schedule(source);
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return timed.hasNext();
            }

            @Override
            public ShapedRequest next() {
                return shaper.shape(timed.next());
            }
        };
    }

    /** What was replayed, and what was made up or left out, for the report. */
    String description() {
        TraceStats stats = source.stats();
        String notes =
                stats.notes().entrySet().stream()
                        .map(note -> "; " + note.getValue() + " " + note.getKey().words())
                        .collect(Collectors.joining());
        String rejected =
                stats.rejectedRows() == 0
                        ? ""
                        : "; %d of %d rows not usable"
                                .formatted(stats.rejectedRows(), stats.rowsRead());
        return source.description()
                + "; "
                + arrivals.description()
                + "; "
                + shaper.description()
                + notes
                + rejected;
    }

    @Override
    public void close() {
        source.close();
    }
}
