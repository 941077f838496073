package io.sluice.jobs.sla;

import io.sluice.core.latency.Attainment;
import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.latency.SloVerdict;
import io.sluice.core.model.Outcome;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.metrics.LatencyCounters;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What {@link AdmitOnceFunction} counts; labels come from closed sets only. */
final class AdmissionCounters {

    private final Map<Outcome, Counter> counted = new EnumMap<>(Outcome.class);
    private final Map<SloIndicator, Counter> violated = new EnumMap<>(SloIndicator.class);
    private final Map<Outcome, LatencyCounters> queueWaits = new EnumMap<>(Outcome.class);
    private final Map<LatencyMeasure, LatencyCounters> latencies =
            new EnumMap<>(LatencyMeasure.class);
    private final Counter reemitted;
    private final Counter conflicting;

    AdmissionCounters(MetricGroup group) {
        for (Outcome outcome : Outcome.values()) {
            counted.put(outcome, JobMetric.REQUESTS.counter(group, outcome.wireName()));
            MetricGroup ended = JobMetric.QUEUE_WAIT.labelled(group, outcome.wireName());
            queueWaits.put(outcome, LatencyCounters.of(LatencyMeasure.QUEUE_WAIT, ended));
        }
        for (SloIndicator indicator : SloIndicator.values()) {
            String type = indicator.name().toLowerCase(Locale.ROOT);
            violated.put(indicator, JobMetric.SLO_VIOLATIONS.counter(group, type));
        }
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            if (measure != LatencyMeasure.QUEUE_WAIT) {
                latencies.put(measure, LatencyCounters.of(measure, group));
            }
        }
        reemitted = JobMetric.REEMITTED_OUTCOMES.counter(group);
        conflicting = JobMetric.DUPLICATE_OUTCOMES.counter(group);
    }

    /** A request was counted. */
    void requestCounted(SlaSample sample) {
        counted.get(sample.outcome()).inc();
        queueWaits.get(sample.outcome()).record(sample.countedMillis(LatencyMeasure.QUEUE_WAIT));
        latencies.forEach((measure, counters) -> counters.record(sample.countedMillis(measure)));
        SloVerdict verdict = SloVerdict.of(sample);
        violated.forEach(
                (indicator, counter) -> {
                    if (verdict.on(indicator) == Attainment.MISSED) {
                        counter.inc();
                    }
                });
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
