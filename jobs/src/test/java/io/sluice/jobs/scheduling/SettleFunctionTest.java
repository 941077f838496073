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
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Which outcomes a restored journal writes again. */
@SuppressWarnings(
        "try") // The harness may be interrupted while it closes; the test then fails, as it should.
class SettleFunctionTest {

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

    private static TwoInputStreamOperatorTestHarness<SettledRequest, Long, EncodedOutcome> open(
            OperatorSubtaskState state) throws Exception {
        SettleFunction function =
                new SettleFunction(
                        (settled, checkpoint) ->
                                new EncodedOutcome(
                                        settled.key().requestId().getBytes(StandardCharsets.UTF_8),
                                        settled.toString().getBytes(StandardCharsets.UTF_8),
                                        checkpoint));
        var harness =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoBroadcastWithNonKeyedOperator<>(
                                function,
                                List.of(
                                        new MapStateDescriptor<>(
                                                "epoch", Types.STRING, Types.LONG))));
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
                                7,
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
