package io.sluice.jobs.metrics;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DecisionTimerTest {

    private static final String NAME = "scheduling_decision_duration_seconds";

    private final MetricListener metrics = new MetricListener();
    private long nanos = Long.MAX_VALUE - 1_000;
    private final DecisionTimer timer = new DecisionTimer(metrics.getMetricGroup(), () -> nanos);

    @Test
    void eachDecisionIsCountedUpToTheBoundsAboveIt() {
        decideFor(30_000);
        decideFor(2_000_000);

        assertThat(count("le", "2.5E-5", NAME + "_bucket")).isZero();
        assertThat(count("le", "5.0E-5", NAME + "_bucket")).isEqualTo(1);
        assertThat(count("le", "0.0025", NAME + "_bucket")).isEqualTo(2);
        assertThat(count(NAME + "_count")).isEqualTo(2);
        assertThat((Double) metrics.getGauge(NAME + "_sum").orElseThrow().getValue())
                .isCloseTo(0.00203, within(1e-12));
    }

    private void decideFor(long duration) {
        timer.start();
        nanos += duration;
        timer.stop();
    }

    private long count(String... path) {
        return metrics.getCounter(path).orElseThrow().getCount();
    }
}
