package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Outcome;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class GateMetricsTest {

    private static final Verdict CYCLE =
            new Verdict(Outcome.REJECTED_DEPENDENCY, "dependency-cycle", "a waits for a", true);
    private static final Verdict FAILED =
            new Verdict(Outcome.REJECTED_DEPENDENCY, "predecessor-failed", "'a' has failed", true);

    private final MetricListener listener = new MetricListener();
    private final GateMetrics metrics = new GateMetrics(listener.getMetricGroup());

    @Test
    void whatWaitsAndWhatBecomesOfItIsCounted() {
        metrics.count(new GateEffect.Submit("free", false, null, 0, 0));
        metrics.count(new GateEffect.Submit("b", true, null, 0, 0));
        metrics.count(new GateEffect.Submit("c", true, null, 0, 0));
        metrics.count(new GateEffect.LetThrough("b", 0));
        metrics.count(new GateEffect.Raise("c", 3));
        metrics.count(new GateEffect.PathChanged("b", 40));
        metrics.count(new GateEffect.Refuse("c", FAILED));
        metrics.count(new GateEffect.Submit("loop", true, CYCLE, 0, 0));

        assertThat(count("held_requests_total")).isEqualTo(2);
        assertThat(count("let_through_total")).isEqualTo(1);
        assertThat(count("path_changes_total")).isEqualTo(1);
        assertThat(count("code", "predecessor-failed", "refusals_total")).isEqualTo(1);
        assertThat(count("code", "dependency-cycle", "refusals_total")).isEqualTo(1);
    }

    private long count(String... name) {
        return listener.getCounter(name).map(Counter::getCount).orElseThrow();
    }
}
