package io.sluice.jobs.metrics;

import io.sluice.core.latency.LatencyMeasure;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/**
 * The latencies of one measure as counters that a metrics system can add up over subtasks and
 * compute quantiles from: {@code NAME_bucket} for each upper bound {@code le} in seconds, each
 * counting all that is at most the bound, {@code NAME_count} and {@code NAME_sum} in seconds.
 * Flink's own histograms keep a sample of each subtask, whose quantiles cannot be added.
 */
public final class LatencyCounters {

    /** OpenTelemetry's bounds for generative models, with more above for reasoning and agents. */
    private static final double[] TO_FIRST_TOKEN = {
        0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30,
        60, 120, 300, 600
    };

    private static final double[] PER_TOKEN = {
        0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5
    };

    private static final double[] WHOLE = {
        0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92,
        163.84, 327.68, 655.36
    };

    private static final double[] DECISION = {
        0.000005, 0.00001, 0.000025, 0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01,
        0.1, 1
    };

    private final double[] bounds;
    private final Counter[] upTo;
    private final Counter all;
    private volatile double seconds;

    private LatencyCounters(MetricGroup group, JobMetric metric, double[] bounds) {
        String name = metric.registered();
        this.bounds = bounds;
        this.upTo = new Counter[bounds.length + 1];
        for (int i = 0; i < upTo.length; i++) {
            upTo[i] = group.addGroup("le", label(bounds, i)).counter(name + "_bucket");
        }
        all = group.counter(name + "_count");
        group.gauge(name + "_sum", () -> seconds);
    }

    /**
     * Those of a latency that requests see.
     *
     * @param group where they are registered; for a metric with a label that of one of its values
     */
    public static LatencyCounters of(LatencyMeasure measure, MetricGroup group) {
        return switch (measure) {
            case QUEUE_WAIT -> new LatencyCounters(group, JobMetric.QUEUE_WAIT, TO_FIRST_TOKEN);
            case TTFT -> new LatencyCounters(group, JobMetric.TTFT, TO_FIRST_TOKEN);
            case TTFT_FROM_DISPATCH ->
                    new LatencyCounters(group, JobMetric.TTFT_FROM_DISPATCH, TO_FIRST_TOKEN);
            case TPOT -> new LatencyCounters(group, JobMetric.TPOT, PER_TOKEN);
            case E2E -> new LatencyCounters(group, JobMetric.E2E, WHOLE);
        };
    }

    static LatencyCounters ofDecisions(MetricGroup group) {
        return new LatencyCounters(group, JobMetric.DECISION_DURATION, DECISION);
    }

    private static String label(double[] bounds, int index) {
        return index == bounds.length ? "+Inf" : Double.toString(bounds[index]);
    }

    /** Counts a latency in milliseconds; what is none, or cannot be right, is left out. */
    public void record(double millis) {
        if (!(millis >= 0 && millis < Double.POSITIVE_INFINITY)) {
            return;
        }
        double value = millis / 1_000;
        for (int i = bounds.length; i >= 0 && (i == bounds.length || value <= bounds[i]); i--) {
            upTo[i].inc();
        }
        all.inc();
        seconds += value;
    }
}
