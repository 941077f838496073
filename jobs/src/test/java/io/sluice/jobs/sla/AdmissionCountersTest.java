package io.sluice.jobs.sla;

import io.sluice.core.model.Outcome;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AdmissionCountersTest {

    private final MetricListener metrics = new MetricListener();
    private final AdmissionCounters counters = new AdmissionCounters(metrics.getMetricGroup());

    @Test
    void requestsAreCountedByTheClosedSetOfOutcomes() {
        for (Outcome outcome : Outcome.values()) {
            counters.requestCounted(outcome.wireName());
            counters.requestCounted(outcome.wireName());
            assertThat(count("outcome", outcome.wireName(), "requests_total")).isEqualTo(2);
        }
    }

    @Test
    void anOutcomeWrittenAgainIsToldFromAContradiction() {
        counters.outcomeRepeated(true);
        counters.outcomeRepeated(true);
        counters.outcomeRepeated(false);

        assertThat(count("reemitted_outcomes_total")).isEqualTo(2);
        assertThat(count("duplicate_outcomes_total")).isEqualTo(1);
    }

    private long count(String... path) {
        return metrics.getCounter(path).orElseThrow().getCount();
    }
}
