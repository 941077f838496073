package io.sluice.jobs.sla;

import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class AdmissionCountersTest {

    private final MetricListener metrics = new MetricListener();
    private final AdmissionCounters counters = new AdmissionCounters(metrics.getMetricGroup());

    @Test
    void requestsAreCountedByTheClosedSetOfOutcomes() {
        for (Outcome outcome : Outcome.values()) {
            counters.requestCounted(sample(outcome, 0.25));
            counters.requestCounted(sample(outcome, 0.25));
            assertThat(count("outcome", outcome.wireName(), "requests_total")).isEqualTo(2);
        }
    }

    @Test
    void latenciesAreCountedUpToEachBound() {
        counters.requestCounted(sample(Outcome.COMPLETED, 250));
        counters.requestCounted(sample(Outcome.COMPLETED, 250.1));
        counters.requestCounted(sample(Outcome.COMPLETED, 700_000));
        counters.requestCounted(sample(Outcome.COMPLETED, Double.NaN));
        counters.requestCounted(sample(Outcome.FAILED, 1));

        assertThat(count("le", "0.1", "request_ttft_seconds_bucket")).isZero();
        assertThat(count("le", "0.25", "request_ttft_seconds_bucket")).isEqualTo(1);
        assertThat(count("le", "0.5", "request_ttft_seconds_bucket")).isEqualTo(2);
        assertThat(count("le", "600.0", "request_ttft_seconds_bucket")).isEqualTo(2);
        assertThat(count("le", "+Inf", "request_ttft_seconds_bucket")).isEqualTo(3);
        assertThat(count("request_ttft_seconds_count")).isEqualTo(3);
        assertThat((Double) metrics.getGauge("request_ttft_seconds_sum").orElseThrow().getValue())
                .isCloseTo(700.5001, within(1e-9));
        assertThat(count("le", "327.68", "request_duration_seconds_bucket")).isEqualTo(2);
        assertThat(count("outcome", "Completed", "queue_duration_seconds_count")).isEqualTo(3);
        assertThat(count("outcome", "Failed", "le", "+Inf", "queue_duration_seconds_bucket"))
                .isEqualTo(1);
    }

    @Test
    void missedTargetsAreCountedByTheirType() {
        counters.requestCounted(sample(Outcome.COMPLETED, 100));
        counters.requestCounted(sample(Outcome.COMPLETED, 101));
        counters.requestCounted(sample(Outcome.EVICTED_TTL, Double.NaN));

        assertThat(count("type", "ttft", "slo_violation_total")).isEqualTo(2);
        assertThat(count("type", "joint", "slo_violation_total")).isEqualTo(2);
        assertThat(count("type", "tpot", "slo_violation_total")).isZero();
    }

    @Test
    void anOutcomeWrittenAgainIsToldFromAContradiction() {
        counters.outcomeRepeated(true);
        counters.outcomeRepeated(true);
        counters.outcomeRepeated(false);

        assertThat(count("reemitted_outcomes_total")).isEqualTo(2);
        assertThat(count("duplicate_outcomes_total")).isEqualTo(1);
    }

    private static SlaSample sample(Outcome outcome, double millis) {
        return new SlaSample(
                outcome,
                new LatencyMeasures(millis, millis, millis, millis),
                new SloTarget(100, Double.NaN, Double.NaN),
                new SlaSample.Tokens(10, 10));
    }

    private long count(String... path) {
        return metrics.getCounter(path).orElseThrow().getCount();
    }
}
