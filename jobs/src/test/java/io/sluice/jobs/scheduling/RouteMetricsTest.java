package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.RouterEffect.Dropped;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.SloTarget;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;

import org.apache.flink.metrics.testutils.MetricListener;

import org.junit.jupiter.api.Test;

import java.util.Locale;

import static org.assertj.core.api.Assertions.assertThat;

class RouteMetricsTest {

    private static final long DEADLINE = 2_000;
    private static final int OUTPUT_TOKENS = 50;

    private final MetricListener listener = new MetricListener();
    private final RouteMetrics metrics =
            new RouteMetrics(
                    listener.getMetricGroup(),
                    new FleetView(5_000, 60_000, FleetState.EMPTY),
                    new KnownPolicies(Scenario.SETTINGS.policies()));

    @Test
    void missedDeadlinesAndWhatTheyCostAreCounted() {
        metrics.count(completed(DEADLINE, 2_000));
        metrics.count(completed(DEADLINE, 2_001));
        metrics.count(completed(PendingRequest.NEVER, 2_001));
        metrics.count(rejected(1_500));
        metrics.count(rejected(2_500));

        assertThat(count("deadline_misses_total")).isEqualTo(3);
        assertThat(count("early_rejections_total")).isEqualTo(1);
        assertThat(count("cause", "late", "wasted_tokens_total")).isEqualTo(OUTPUT_TOKENS);
        assertThat(count("outcome", "Completed", "requests_total")).isEqualTo(3);
        assertThat(count("outcome", "RejectedDeadline", "requests_total")).isEqualTo(2);
    }

    @Test
    void whatAnInterruptedRunHadMadeForNothingIsCounted() {
        RequestKey key = new RequestKey("acme", "r");
        metrics.count(new Dropped(key, Dropped.Cause.INTERRUPTED_RUN, 7));
        metrics.count(new Dropped(key, Dropped.Cause.STALE_RELEASE));

        assertThat(count("cause", "interrupted_run", "wasted_tokens_total")).isEqualTo(7);
        assertThat(count("cause", "interrupted_run", "dropped_total")).isEqualTo(1);
        assertThat(count("cause", "stale_release", "dropped_total")).isEqualTo(1);
    }

    @Test
    void everyCauseHasACounter() {
        for (Dropped.Cause cause : Dropped.Cause.values()) {
            String label = cause.name().toLowerCase(Locale.ROOT);
            assertThat(count("cause", label, "dropped_total")).isZero();
        }
    }

    private static RouterEffect completed(long deadline, long endedAt) {
        RunMeasures measures = new RunMeasures(0, 10, 1, endedAt, 10, OUTPUT_TOKENS, 0, "stop");
        return settled(Outcome.COMPLETED, deadline, 9_000, measures);
    }

    private static RouterEffect rejected(long settledAt) {
        return settled(Outcome.REJECTED_DEADLINE, DEADLINE, settledAt, null);
    }

    /** Of a request submitted at 0. */
    private static RouterEffect settled(
            Outcome outcome, long deadline, long settledAt, RunMeasures measures) {
        RequestFacts facts =
                new RequestFacts(
                        "m", 0, RequestTags.NONE, 0, 0, deadline, SloTarget.NONE, 10, 0, null);
        return new RouterEffect.Settled(
                new SettledRequest(
                        new RequestKey("acme", "r"),
                        outcome,
                        1,
                        "gpu-1",
                        null,
                        settledAt,
                        null,
                        null,
                        facts,
                        null,
                        measures));
    }

    private long count(String... name) {
        return listener.getCounter(name).orElseThrow().getCount();
    }
}
