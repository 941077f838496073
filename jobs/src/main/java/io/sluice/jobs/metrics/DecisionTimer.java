package io.sluice.jobs.metrics;

import org.apache.flink.metrics.MetricGroup;

import java.util.function.LongSupplier;

/**
 * How long the kernel takes over one input: {@code scheduling_decision_duration_seconds}. The one
 * place in the jobs that reads a clock of its own; what it reads decides nothing.
 */
public final class DecisionTimer {

    private static final double NANOS_PER_MILLI = 1e6;

    private final LatencyCounters durations;
    private final LongSupplier nanos;
    private long startedNanos;

    /** Registers the metric. */
    public DecisionTimer(MetricGroup group) {
        this(group, System::nanoTime);
    }

    DecisionTimer(MetricGroup group, LongSupplier nanos) {
        this.durations = LatencyCounters.ofDecisions(group);
        this.nanos = nanos;
    }

    /** The kernel is given an input. */
    public void start() {
        startedNanos = nanos.getAsLong();
    }

    /** The kernel has decided. */
    public void stop() {
        durations.record((nanos.getAsLong() - startedNanos) / NANOS_PER_MILLI);
    }
}
