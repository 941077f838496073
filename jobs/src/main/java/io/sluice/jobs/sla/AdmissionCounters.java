package io.sluice.jobs.sla;

import io.sluice.core.model.Outcome;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.HashMap;
import java.util.Map;

/** What {@link AdmitOnceFunction} counts; the only label is the closed set of outcomes. */
final class AdmissionCounters {

    private final Map<String, Counter> counted = new HashMap<>();
    private final Counter reemitted;
    private final Counter conflicting;

    AdmissionCounters(MetricGroup group) {
        for (Outcome outcome : Outcome.values()) {
            MetricGroup labelled = group.addGroup("outcome", outcome.wireName());
            counted.put(outcome.wireName(), labelled.counter("requests_total"));
        }
        reemitted = group.counter("reemitted_outcomes_total");
        conflicting = group.counter("duplicate_outcomes_total");
    }

    /** A request was counted, with the wire name of its outcome. */
    void requestCounted(String outcome) {
        counted.get(outcome).inc();
    }

    /**
     * A second outcome of a counted request was left out.
     *
     * @param identical whether it is the same outcome written again, as after a recovery; a
     *     different one breaks the promise of the scheduler job
     */
    void outcomeRepeated(boolean identical) {
        (identical ? reemitted : conflicting).inc();
    }
}
