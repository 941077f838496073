package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.ReleaseReason;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class LaneMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final LaneMetrics metrics =
            new LaneMetrics(
                    listener.getMetricGroup(),
                    new ResidentLanes(1),
                    new KnownPolicies(Scenario.SETTINGS.policies()));

    @Test
    void anOrderThatReachesNobodyIsCounted() {
        metrics.count(new LaneEffect.NobodyToDrain("nobody", true));
        metrics.count(new LaneEffect.NobodyToDrain("nobody", false));

        assertThat(count("cause", "unknown_instance", "dropped_total")).isEqualTo(2);
        assertThat(count("dispatches_total")).isZero();
    }

    @Test
    void everyReasonOfAReleaseHasACounter() {
        for (ReleaseReason reason : ReleaseReason.values()) {
            String label = reason.name().toLowerCase(Locale.ROOT);
            assertThat(count("reason", label, "releases_total")).isZero();
        }
    }

    private long count(String... name) {
        return listener.getCounter(name).orElseThrow().getCount();
    }
}
