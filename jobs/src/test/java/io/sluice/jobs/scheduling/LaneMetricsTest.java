package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Locale;

import static io.sluice.jobs.scheduling.Scenario.request;
import static org.assertj.core.api.Assertions.assertThat;

class LaneMetricsTest {

    private final MetricListener listener = new MetricListener();
    private final LaneMetrics metrics =
            new LaneMetrics(
                    listener.getMetricGroup(),
                    new ResidentLanes(1, new HashMap<>()),
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
            assertThat(count("cause", label, "wasted_tokens_total")).isZero();
        }
    }

    @Test
    void tokensOfRunsThatCameToNothingAreCountedByTheReason() {
        PendingRequest far = request("r", 0, 10).withProgress(new Progress(7, 107));
        metrics.count(released(far, ReleaseReason.LOST));
        metrics.count(released(far, ReleaseReason.LOST));
        metrics.count(released(far, ReleaseReason.PREEMPTED));
        metrics.count(released(null, ReleaseReason.STOPPED));

        assertThat(count("cause", "lost", "wasted_tokens_total")).isEqualTo(14);
        assertThat(count("cause", "preempted", "wasted_tokens_total")).isZero();
        assertThat(count("cause", "stopped", "wasted_tokens_total")).isZero();
    }

    @Test
    void interruptionsAreCounted() {
        metrics.count(
                new LaneEffect.Preempt(
                        new LaneEffect.Address("gpu-1", 1, 0, 1, 1, 10),
                        new RequestKey("acme", "r"),
                        1,
                        "why"));
        assertThat(count("preemptions_total")).isEqualTo(1);
    }

    private static LaneEffect.Released released(PendingRequest request, ReleaseReason reason) {
        return new LaneEffect.Released(
                new Release(new RequestKey("acme", "r"), 1, "gpu-1", 1, reason, true, null, null),
                request);
    }

    private long count(String... name) {
        return listener.getCounter(name).orElseThrow().getCount();
    }
}
