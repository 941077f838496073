package io.sluice.jobs.sla;

import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class AdmitOnceFunctionTest {

    private static final long DEDUP = 3_600_000;
    private static final long LATENESS = 60_000;
    private static final long WINDOW = 10_000;
    private static final SlaWindowing WINDOWING =
            new SlaWindowing(WINDOW, LATENESS, 1_000, DEDUP, List.of());

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRequestCountsInEveryGroupItBelongsTo(Backend backend) throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            SlaOutcome outcome = SlaOutcomes.completed("r1", 5_000);
            harness.process(outcome);

            assertThat(sent(harness))
                    .allSatisfy(sample -> assertThat(sample.sample()).isEqualTo(outcome.sample()))
                    .allSatisfy(sample -> assertThat(sample.stale()).isFalse())
                    .extracting(GroupedSample::group)
                    .containsExactlyInAnyOrder(
                            "ALL/all",
                            "INSTANCE/gpu-1",
                            "MODEL/llama-8b",
                            "TENANT/acme",
                            "PRIORITY/P2");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRequestThatNeverHadAnInstanceIsInNoInstanceGroup(Backend backend) throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            harness.process(SlaOutcomes.expired("r1", 5_000));

            assertThat(sent(harness))
                    .extracting(GroupedSample::group)
                    .containsExactlyInAnyOrder(
                            "ALL/all", "MODEL/llama-8b", "TENANT/acme", "PRIORITY/P2");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anOutcomeWrittenAgainCountsOnce(Backend backend) throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            SlaOutcome outcome = SlaOutcomes.completed("r1", 5_000);
            harness.process(outcome);

            harness.process(SlaOutcomes.again(outcome, 5_000 + WINDOW));
            harness.process(SlaOutcomes.contradicting(outcome, 5_000 + WINDOW));

            assertThat(sent(harness)).hasSize(5);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anOutcomeIsRecognisedAfterARestoreAndUpToTheEndOfTheDedupWindow(Backend backend)
            throws Exception {
        SlaOutcome outcome = SlaOutcomes.completed("r1", 5_000);
        OperatorSubtaskState snapshot = snapshotAfter(backend, outcome);

        try (KeyedHarness<SlaOutcome, GroupedSample> restored =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            long lastPossible = outcome.settledAtMillis() + DEDUP;
            // Log time may be ahead of a slow partition by as much as its window is still open.
            restored.watermark(lastPossible + LATENESS);
            restored.process(SlaOutcomes.again(outcome, lastPossible));

            assertThat(sent(restored)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anOutcomeWrittenAgainTooLateToBeRecognisedIsStale(Backend backend) throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            SlaOutcome outcome = SlaOutcomes.completed("r1", 5_000);
            harness.process(outcome);
            harness.watermark(WINDOWING.forgetAt(5_000));

            harness.process(SlaOutcomes.again(outcome, WINDOWING.forgetAt(5_000) + 1));

            assertThat(sent(harness))
                    .hasSize(10)
                    .filteredOn(GroupedSample::stale)
                    .hasSize(5)
                    .allSatisfy(sample -> assertThat(sample.appendedMillis()).isNotEqualTo(5_000));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void nothingIsRememberedForever(Backend backend) throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            for (int i = 0; i < 20; i++) {
                harness.process(SlaOutcomes.completed("r" + i, 5_000 + i));
            }
            assertThat(harness.stateEntries()).isEqualTo(20);
            harness.watermark(WINDOWING.forgetAt(5_000) - 1);
            assertThat(harness.stateEntries()).isEqualTo(20);

            harness.watermark(WINDOWING.forgetAt(5_020));

            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    /** What was sent: on the way through the bound everything so far, the rest since last time. */
    private static List<GroupedSample> sent(KeyedHarness<SlaOutcome, GroupedSample> harness) {
        List<GroupedSample> sent = new ArrayList<>(harness.side(AdmitOnceFunction.SERIES));
        sent.addAll(harness.drain());
        return sent;
    }

    private static OperatorSubtaskState snapshotAfter(Backend backend, SlaOutcome outcome)
            throws Exception {
        try (KeyedHarness<SlaOutcome, GroupedSample> harness = KeyedHarness.open(spec(backend))) {
            harness.process(outcome);
            return harness.snapshot();
        }
    }

    private static KeyedHarness.Spec<SlaOutcome, GroupedSample> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new AdmitOnceFunction(WINDOWING), SlaOutcome::requestKey, backend);
    }
}
