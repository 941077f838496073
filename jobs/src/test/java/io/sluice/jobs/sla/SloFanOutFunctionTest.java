package io.sluice.jobs.sla;

import io.sluice.core.slo.CauseMemory;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlotFacts;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.BroadcastOperatorTestHarness;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What is counted for the causes of alerts, through a checkpoint. */
class SloFanOutFunctionTest {

    private static final long SLOT = 1_000;
    private static final int MAX_PARALLELISM = 8;
    private static final SloSettings SETTINGS = new SloSettings(SLOT, 10, 5_000, List.of());

    private static BroadcastOperatorTestHarness<AdmittedOutcome, ObjectiveChange, JudgedOutcome>
            harness(int parallelism, int subtask) throws Exception {
        var harness =
                new BroadcastOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                new SloFanOutFunction(SETTINGS), List.of(ObjectiveBook.STATE)),
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setup();
        return harness;
    }

    private static StreamRecord<AdmittedOutcome> ended(SlaOutcome outcome, long atMillis) {
        return new StreamRecord<>(new AdmittedOutcome(outcome, null, false, atMillis));
    }

    private static OperatorSubtaskState snapshotAfter(int subtask, SlaOutcome... outcomes)
            throws Exception {
        try (var counter = harness(2, subtask)) {
            counter.open();
            for (SlaOutcome outcome : outcomes) {
                counter.processElement(ended(outcome, 100));
            }
            assertThat(counter.getSideOutput(SloFanOutFunction.FACTS))
                    .as("nothing of a slot that is not over")
                    .isNull();
            return counter.snapshot(1, 1);
        }
    }

    /** Half a slot is counted by two subtasks, and the rest by one that takes over from both. */
    @Test
    void whatWasCountedOfASlotIsNotForgotten() throws Exception {
        OperatorSubtaskState both =
                AbstractStreamOperatorTestHarness.repackageState(
                        snapshotAfter(
                                0, SlaOutcomes.completed("a", 100), SlaOutcomes.expired("b", 100)),
                        snapshotAfter(1, SlaOutcomes.completed("c", 100)));
        try (var counter = harness(1, 0)) {
            counter.initializeState(
                    AbstractStreamOperatorTestHarness.repartitionOperatorState(
                            both, MAX_PARALLELISM, 2, 1, 0));
            counter.open();
            counter.processElement(ended(SlaOutcomes.completed("d", SLOT - 1), SLOT - 1));
            counter.processElement(ended(SlaOutcomes.completed("e", SLOT), SLOT));

            List<SlotFacts> facts =
                    counter.getSideOutput(SloFanOutFunction.FACTS).stream()
                            .map(StreamRecord::getValue)
                            .toList();
            assertThat(facts).hasSize(1);
            assertThat(facts.get(0).slotStartMillis()).isZero();
            assertThat(facts.get(0).instance()).isEqualTo(CauseMemory.FLEET);
            assertThat(facts.get(0).facts().ended()).isEqualTo(4);
            assertThat(facts.get(0).facts().expired()).isEqualTo(1);
        }
    }
}
