package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.RequestSource;
import io.sluice.apps.trace.TraceException;
import io.sluice.apps.trace.TraceStats;
import io.sluice.apps.trace.arrival.ArrivalPlan;
import io.sluice.apps.trace.arrival.ArrivalProcess;
import io.sluice.apps.trace.arrival.ArrivalSpec;
import io.sluice.apps.trace.arrival.TimedRequest;
import io.sluice.apps.trace.shape.RequestShaper;
import io.sluice.apps.trace.shape.ShapedRequest;
import io.sluice.apps.trace.synthetic.SyntheticTrace;

import java.util.Iterator;
import java.util.OptionalDouble;

/**
 * A trace with arrivals and shape, opened to be replayed once. The same specification gives the
 * same requests at the same offsets. Whoever opens it closes it.
 */
public final class Workload implements AutoCloseable {

    private final WorkloadSpec spec;
    private final RequestSource source;
    private final ArrivalProcess arrivals;
    private final RequestShaper shaper;

    private Workload(WorkloadSpec spec, RequestSource source, TraceOpener traces) {
        this.spec = spec;
        this.source = source;
        this.arrivals = plan(spec).process(source, () -> openTrace(spec, traces));
        this.shaper = new RequestShaper(spec.shaping());
    }

    /**
     * Opens a trace. Of a file nothing is read beyond its format, unless recorded times are to be
     * scaled to a rate: then it is read through once.
     *
     * @throws TraceException when the trace cannot be used, or not with these arrivals
     */
    public static Workload open(WorkloadSpec spec) {
        return open(spec, TraceOpener.FILES);
    }

    /**
     * Opens a trace that comes from somewhere else.
     *
     * @throws TraceException when the trace cannot be used, or not with these arrivals
     */
    public static Workload open(WorkloadSpec spec, TraceOpener traces) {
        RequestSource source = openTrace(spec, traces);
        try {
            return new Workload(spec, source, traces);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private static RequestSource openTrace(WorkloadSpec spec, TraceOpener traces) {
        if (spec.trace() instanceof TraceChoice.Recorded recorded) {
            return traces.open(recorded);
        } else if (spec.trace() instanceof TraceChoice.Synthetic synthetic) {
            return new SyntheticTrace(
                    synthetic.requests(), generatorRate(spec), spec.shaping().seed());
        }
        throw new IllegalStateException("no source for " + spec.trace());
    }

    /** The generator makes the rate itself, unless its times are not used. */
    private static boolean generatesRate(WorkloadSpec spec) {
        return spec.trace() instanceof TraceChoice.Synthetic
                && (spec.arrivals() instanceof ArrivalSpec.Auto
                        || spec.arrivals() instanceof ArrivalSpec.Recorded);
    }

    private static double generatorRate(WorkloadSpec spec) {
        return generatesRate(spec)
                ? spec.requestsPerSecond().orElse(SyntheticTrace.DEFAULT_REQUESTS_PER_SECOND)
                : SyntheticTrace.DEFAULT_REQUESTS_PER_SECOND;
    }

    private static ArrivalPlan plan(WorkloadSpec spec) {
        return new ArrivalPlan(
                spec.arrivals(),
                generatesRate(spec) ? OptionalDouble.empty() : spec.requestsPerSecond(),
                spec.shaping().speedup(),
                spec.shaping().seed());
    }

    /** The requests, in the order of their offsets; lazy, to be read once. */
    public Iterator<ShapedRequest> requests() {
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

    /** What was opened. */
    public WorkloadSpec spec() {
        return spec;
    }

    /** What the trace is, in words for a report. */
    public String trace() {
        return source.description();
    }

    /** What the arrivals are, in words for a report, with the seed where they are drawn. */
    public String arrivals() {
        return arrivals.description();
    }

    /** What priorities, targets and limits are, in words for a report. */
    public String shape() {
        return shaper.description();
    }

    /** Account of the rows read so far. */
    public TraceStats stats() {
        return source.stats();
    }

    @Override
    public void close() {
        source.close();
    }
}
