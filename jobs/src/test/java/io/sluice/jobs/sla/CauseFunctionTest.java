package io.sluice.jobs.sla;

import io.sluice.core.slo.CauseFacts;
import io.sluice.jobs.state.CauseFactsState;
import io.sluice.jobs.state.CauseState;
import io.sluice.jobs.state.CausesAt;
import io.sluice.jobs.state.SloSignal;
import io.sluice.jobs.state.SlotFacts;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CauseFunctionTest {

    private static final long SLOT = 1_000;
    private static final SloSettings SETTINGS = new SloSettings(SLOT, 20, 5_000, List.of());

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aSilentInstanceIsToldAtTheEndOfTheSlotAndTheSameThroughARestore(Backend backend)
            throws Exception {
        List<CausesAt> uninterrupted = new ArrayList<>();
        try (KeyedHarness<SlotFacts, SloSignal> harness = KeyedHarness.open(spec(backend))) {
            run(harness, 0, 20, uninterrupted);
        }
        List<CausesAt> restarted = new ArrayList<>();
        OperatorSubtaskState snapshot;
        try (KeyedHarness<SlotFacts, SloSignal> harness = KeyedHarness.open(spec(backend))) {
            run(harness, 0, 8, restarted);
            snapshot = harness.snapshot();
        }
        try (KeyedHarness<SlotFacts, SloSignal> harness =
                KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            run(harness, 8, 20, restarted);
        }

        assertThat(restarted).isEqualTo(uninterrupted);
        CausesAt first = uninterrupted.get(0);
        assertThat(first.atMillis()).isEqualTo(8 * SLOT);
        CauseState lost = first.causes().get(0);
        assertThat(lost.kind()).isEqualTo("INSTANCE_LOST");
        assertThat(lost.instance()).isEqualTo("gpu-1");
        assertThat(lost.sinceMillis()).isEqualTo(2 * SLOT);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatComesAfterItsSlotStillCountsAndNothingIsKeptForEver(Backend backend) throws Exception {
        try (KeyedHarness<SlotFacts, SloSignal> harness = KeyedHarness.open(spec(backend))) {
            harness.watermark(3 * SLOT - 1);
            harness.process(new SlotFacts(0, "", ended(30, 0)));
            harness.watermark(4 * SLOT - 1);
            assertThat(harness.drain()).as("nothing expired").isEmpty();
            harness.process(new SlotFacts(2 * SLOT, "", ended(30, 20)));
            harness.process(new SlotFacts(2 * SLOT, "", ended(10, 10)));
            harness.watermark(5 * SLOT - 1);
            CausesAt told = harness.drain().get(0).causes();
            assertThat(told.causes().get(0).kind()).isEqualTo("EXPIRY_WAVE");
            assertThat(told.causes().get(0).detail()).startsWith("30 of 40 requests");

            harness.watermark(2_000 * SLOT);
            assertThat(harness.drain())
                    .last()
                    .satisfies(s -> assertThat(s.causes().causes()).isEmpty());
            harness.snapshot();
            assertThat(harness.stateEntries()).isZero();
            assertThat(harness.timers()).isZero();
        }
    }

    /** One instance lives on, one falls silent after the third second. */
    private static void run(
            KeyedHarness<SlotFacts, SloSignal> harness, int from, int to, List<CausesAt> told)
            throws Exception {
        for (int second = from; second < to; second++) {
            harness.process(new SlotFacts(second * SLOT, "gpu-2", alive(second * SLOT)));
            if (second < 3) {
                harness.process(new SlotFacts(second * SLOT, "gpu-1", alive(second * SLOT)));
            }
            harness.watermark((second + 1) * SLOT - 1);
        }
        harness.drain().forEach(signal -> told.add(signal.causes()));
    }

    private static CauseFactsState alive(long at) {
        return new CauseFactsState(at, 1, false, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }

    private static CauseFactsState ended(long ended, long expired) {
        return CauseStateMapping.state(
                new CauseFacts(
                        CauseFacts.Life.NONE,
                        CauseFacts.Sum.NONE,
                        CauseFacts.Sum.NONE,
                        new CauseFacts.Ends(ended, expired, 0, 0, 0)));
    }

    private static KeyedHarness.Spec<SlotFacts, SloSignal> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new CauseFunction(SETTINGS), facts -> CauseFunction.FLEET, backend);
    }
}
