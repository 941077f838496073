package io.sluice.jobs.scheduling;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithNonKeyedOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which outcomes a restored journal writes again. */
@SuppressWarnings(
        "try") // The harness may be interrupted while it closes; the test then fails, as it should.
class SettleFunctionTest {

    private static final int MAX_PARALLELISM = 720;

    @Test
    void whatIsNotKnownToBeCommittedIsWrittenAgainWhenTheNextEpochBegins() throws Exception {
        OperatorSubtaskState snapshot;
        try (var journal = open(null)) {
            settle(journal, "a");
            journal.snapshot(1, 1);
            journal.notifyOfCompletedCheckpoint(1);
            settle(journal, "b");
            journal.snapshot(2, 2);
            settle(journal, "c");
            journal.notifyOfCompletedCheckpoint(2);
            settle(journal, "d");
            snapshot = journal.snapshot(3, 3);
            settle(journal, "lost with the crash");
        }
        try (var journal = open(snapshot)) {
            assertThat(written(journal)).as("not before the epoch").isEmpty();

            journal.processElement2(new StreamRecord<>(5L));

            assertThat(written(journal)).containsExactly("b", "c", "d");
            journal.processElement2(new StreamRecord<>(6L));
            assertThat(written(journal)).as("once").isEmpty();
        }
    }

    @Test
    void theBytesAreTheSame() throws Exception {
        OperatorSubtaskState snapshot;
        byte[] first;
        try (var journal = open(null)) {
            settle(journal, "a");
            first = value(journal).value();
            snapshot = journal.snapshot(1, 1);
        }
        try (var journal = open(snapshot)) {
            journal.processElement2(new StreamRecord<>(5L));

            assertThat(value(journal).value()).isEqualTo(first);
        }
    }

    @Test
    void whatIsCommittedIsForgotten() throws Exception {
        OperatorSubtaskState snapshot = null;
        try (var journal = open(null)) {
            for (int checkpoint = 1; checkpoint <= 5; checkpoint++) {
                settle(journal, "r" + checkpoint);
                snapshot = journal.snapshot(checkpoint, checkpoint);
                journal.notifyOfCompletedCheckpoint(checkpoint);
            }
        }
        try (var journal = open(snapshot)) {
            journal.processElement2(new StreamRecord<>(5L));

            assertThat(written(journal)).containsExactly("r4", "r5");
        }
    }

    @Test
    void theJournalIsBackToZeroAfterTwoQuietCheckpoints() throws Exception {
        OperatorSubtaskState snapshot = null;
        try (var journal = open(null)) {
            settle(journal, "r");
            for (int checkpoint = 1; checkpoint <= 3; checkpoint++) {
                snapshot = journal.snapshot(checkpoint, checkpoint);
                journal.notifyOfCompletedCheckpoint(checkpoint);
            }
            snapshot = journal.snapshot(4, 4);
        }
        try (var journal = open(snapshot)) {
            journal.processElement2(new StreamRecord<>(5L));
            assertThat(written(journal)).isEmpty();
        }
    }

    @Test
    void everyOutcomeIsWrittenAgainBySomeSubtaskAfterRescalingOutAndIn() throws Exception {
        List<String> settled = new ArrayList<>();
        OperatorSubtaskState one;
        try (var journal = open(null)) {
            for (int i = 0; i < 9; i++) {
                settled.add("r" + i);
                settle(journal, "r" + i);
            }
            one = journal.snapshot(3, 3);
        }
        OperatorSubtaskState[] two = new OperatorSubtaskState[2];
        List<String> again = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var journal = open(share(subtask, 2, one), 2, subtask)) {
                journal.processElement2(new StreamRecord<>(5L));
                List<String> own = written(journal);
                assertThat(own).as("subtask %d", subtask).hasSizeBetween(1, 8);
                again.addAll(own);
                two[subtask] = journal.snapshot(4, 4);
            }
        }
        assertThat(again).containsExactlyInAnyOrderElementsOf(settled);
        try (var journal = open(share(0, 1, two), 1, 0)) {
            journal.processElement2(new StreamRecord<>(6L));

            assertThat(written(journal))
                    .as("the checkpoint was not followed by its completion")
                    .containsExactlyInAnyOrderElementsOf(settled);
        }
    }

    private static OperatorSubtaskState share(
            int subtask, int parallelism, OperatorSubtaskState... before) throws Exception {
        return AbstractStreamOperatorTestHarness.repartitionOperatorState(
                AbstractStreamOperatorTestHarness.repackageState(before),
                MAX_PARALLELISM,
                before.length,
                parallelism,
                subtask);
    }

    private static TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> open(
            OperatorSubtaskState state) throws Exception {
        return open(state, 1, 0);
    }

    private static TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> open(
            OperatorSubtaskState state, int parallelism, int subtask) throws Exception {
        SettleFunction function =
                new SettleFunction(
                        (settled, checkpoint) ->
                                new EncodedOutcome(
                                        settled.key().requestId().getBytes(StandardCharsets.UTF_8),
                                        settled.toString().getBytes(StandardCharsets.UTF_8),
                                        checkpoint));
        TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> harness =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<SettledRequest, Long, EncodedOutcome>(
                                function,
                                List.of(
                                        new MapStateDescriptor<>(
                                                "epoch", Types.STRING, Types.LONG))),
                        MAX_PARALLELISM,
                        parallelism,
                        subtask);
        harness.setup();
        if (state != null) {
            harness.setRestoredCheckpointId(3);
            harness.initializeState(state);
        }
        harness.open();
        return harness;
    }

    private static void settle(
            TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> journal,
            String id)
            throws Exception {
        journal.processElement1(
                new StreamRecord<>(
                        new SettledRequest(
                                new RequestKey("acme", id),
                                Outcome.COMPLETED,
                                1,
                                "gpu-1",
                                null,
                                7,
                                null,
                                null,
                                null,
                                null,
                                null)));
    }

    private static EncodedOutcome value(
            TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> journal) {
        return journal.extractOutputValues().get(0);
    }

    private static List<String> written(
            TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> journal) {
        List<String> ids =
                journal.extractOutputValues().stream()
                        .map(outcome -> new String(outcome.key(), StandardCharsets.UTF_8))
                        .toList();
        journal.getOutput().clear();
        return ids;
    }
}
