package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.JudgedValue;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

class SloSeriesCapFunctionTest {

    private static final int PLACES = 20;
    private static final long TTL = 1_000;
    private static final long PERIOD = 10_000;
    private static final SeriesCap CAP = new SeriesCap(PLACES, TTL);

    private static JudgedValue judged(String objective, String tenant, long at) {
        return new JudgedValue(
                objective + "/TENANT/" + tenant,
                PERIOD,
                new PendingJudgement(7, at, PendingJudgement.BAD));
    }

    private static Set<String> series(List<JudgedOutcome> sent) {
        return sent.stream().map(JudgedOutcome::series).collect(Collectors.toSet());
    }

    private static KeyedHarness.Spec<JudgedValue, JudgedOutcome> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new SloSeriesCapFunction(CAP),
                new SloSeriesCapFunction(CAP)::bucketOf,
                backend);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void thousandsOfTenantsHaveSoManySeriesAndTheRestOne(Backend backend) throws Exception {
        try (KeyedHarness<JudgedValue, JudgedOutcome> harness = KeyedHarness.open(spec(backend))) {
            for (int i = 0; i < 2_000; i++) {
                harness.process(judged("a", "t" + i, i));
            }
            List<JudgedOutcome> sent = harness.drain();

            assertThat(sent).as("nothing is left out").hasSize(2_000);
            assertThat(series(sent)).hasSize(PLACES + 1).contains("a/TENANT/other");
            assertThat(sent)
                    .allMatch(one -> one.judged().verdict() == PendingJudgement.BAD)
                    .allMatch(one -> one.judged().definition() == 7);

            harness.process(judged("b", "t1999", 2_000));
            assertThat(series(harness.drain()))
                    .as("another objective has places of its own")
                    .containsExactly("b/TENANT/t1999");
        }
    }

    /** As long as the series of a value keeps counts, no other takes its place. */
    @ParameterizedTest
    @EnumSource(Backend.class)
    void aPlaceIsKeptForThePeriodThroughARestoreAndThenGivenUp(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        Set<String> own;
        try (KeyedHarness<JudgedValue, JudgedOutcome> harness = KeyedHarness.open(spec(backend))) {
            for (int i = 0; i < 50; i++) {
                harness.process(judged("a", "t" + i, 0));
            }
            own = series(harness.drain());
            snapshot = harness.snapshot();
        }
        try (KeyedHarness<JudgedValue, JudgedOutcome> harness =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            harness.watermark(PERIOD);
            for (int i = 49; i >= 0; i--) {
                harness.process(judged("a", "t" + i, PERIOD - 1));
            }
            assertThat(series(harness.drain())).isEqualTo(own);

            harness.watermark(2 * PERIOD + PERIOD / 5);
            harness.process(judged("a", "new", 3 * PERIOD));
            assertThat(series(harness.drain())).containsExactly("a/TENANT/new");

            harness.watermark(10 * PERIOD);
            harness.snapshot();
            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }
}
