package io.sluice.jobs.scheduling;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.PolicyInForce;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.TwoInputStreamOperatorTestHarness;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The keeper of the policies in force. */
class PolicyFunctionTest {

    private static final PolicyChoice OPTIONS = PolicyChoice.DEFAULT;
    private static final long EPOCH = 1_000;

    @Test
    void theOptionsAreInForceUntilSomebodySaysOtherwise() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));

            assertThat(notices(keeper))
                    .containsExactly(new JobNotice(EPOCH, PolicyInForce.ofOptions(OPTIONS)));
        }
    }

    @Test
    void changesAreNumberedAndNamedByTheirPlaceInTheLog() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));
            notices(keeper);
            keeper.processElement1(change("sjf", null, null, 17));
            keeper.processElement1(change(null, "vtc", null, 19));

            List<JobNotice> notices = notices(keeper);
            assertThat(notices)
                    .extracting(notice -> notice.policies().version())
                    .containsExactly(1L, 2L);
            PolicyInForce last = notices.get(1).policies();
            assertThat(last.position()).isEqualTo("inference.control-3-19");
            assertThat(last.toCore()).isEqualTo(OPTIONS.withOrdering("sjf").withFairness("vtc"));
        }
    }

    @Test
    void whatGoesTogetherOnlyTogetherIsChangedTogether() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));
            keeper.processElement1(change("mlfq", null, "always", 5));

            assertThat(notices(keeper).get(1).policies().ordering()).isEqualTo("mlfq");
        }
    }

    @Test
    void whatMakesNoSenseChangesNothingAndIsKept() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));
            notices(keeper);
            keeper.processElement1(change("mlfq", null, null, 5));

            assertThat(notices(keeper)).isEmpty();
            DeadLetterRecord letter =
                    keeper.getSideOutput(SplitDecodedFunction.DEAD_LETTERS).poll().getValue();
            assertThat(letter.position().offset()).isEqualTo(5);
            assertThat(letter.failure().stage()).isEqualTo(PolicyFunction.STAGE);
            assertThat(letter.failure().message())
                    .contains("'mlfq'", "choose preemption always or total-wait");

            keeper.processElement1(change("sjf", null, null, 6));
            assertThat(notices(keeper))
                    .as("a refused change has no number")
                    .extracting(notice -> notice.policies().version())
                    .containsExactly(1L);
        }
    }

    @Test
    void nothingIsAnnouncedBeforeTheEpoch() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement1(change("sjf", null, null, 17));
            assertThat(notices(keeper)).isEmpty();
            keeper.processElement2(new StreamRecord<>(EPOCH));
            assertThat(notices(keeper))
                    .extracting(notice -> notice.policies().ordering())
                    .containsExactly("sjf");
        }
    }

    @Test
    void whoeverLooksFromOutsideIsToldOfEachKind() throws Exception {
        try (var keeper = open(OPTIONS)) {
            keeper.processElement1(change(null, "vtc", null, 17));
            assertThat(keeper.getSideOutput(PolicyFunction.ANNOUNCED)).isNull();
            keeper.setProcessingTime(70);
            keeper.processElement2(new StreamRecord<>(EPOCH));

            String place = "inference.control-3-17";
            assertThat(keeper.getSideOutput(PolicyFunction.ANNOUNCED))
                    .extracting(StreamRecord::getValue)
                    .containsExactly(
                            announced("ordering", OPTIONS.ordering(), place),
                            announced("fairness", "vtc", place),
                            announced("admission", OPTIONS.admission(), place),
                            announced("preemption", OPTIONS.preemption(), place),
                            announced("batching", OPTIONS.batching(), place),
                            announced("routing", OPTIONS.routing(), place));
        }
    }

    private static PolicyAnnouncement announced(String decides, String policy, String place) {
        return new PolicyAnnouncement(EPOCH, decides, policy, 1, place, 70);
    }

    @Test
    void whatWasSaidOutlivesARestartAlsoWithOtherOptions() throws Exception {
        OperatorSubtaskState snapshot;
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));
            keeper.processElement1(change("sjf", null, null, 17));
            snapshot = keeper.snapshot(1, 1);
        }
        try (var keeper = restore(OPTIONS.withOrdering("edf"), snapshot)) {
            keeper.processElement2(new StreamRecord<>(EPOCH + 1));
            keeper.processElement1(change(null, "drr", null, 18));

            List<JobNotice> notices = notices(keeper);
            assertThat(notices)
                    .extracting(notice -> notice.policies().ordering())
                    .containsExactly("sjf", "sjf");
            assertThat(notices)
                    .extracting(notice -> notice.policies().version())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void withoutAChangeOtherOptionsHold() throws Exception {
        OperatorSubtaskState snapshot;
        try (var keeper = open(OPTIONS)) {
            keeper.processElement2(new StreamRecord<>(EPOCH));
            snapshot = keeper.snapshot(1, 1);
        }
        try (var keeper = restore(OPTIONS.withOrdering("edf"), snapshot)) {
            keeper.processElement2(new StreamRecord<>(EPOCH + 1));
            assertThat(notices(keeper))
                    .extracting(notice -> notice.policies().ordering())
                    .containsExactly("edf");
        }
    }

    private static StreamRecord<PolicyChange> change(
            @Nullable String ordering,
            @Nullable String fairness,
            @Nullable String preemption,
            long offset) {
        LogPosition position = new LogPosition("inference.control", 3, offset, 0);
        return new StreamRecord<>(
                new PolicyChange(
                        ordering, fairness, null, preemption, null, null, "a test", position));
    }

    private static List<JobNotice> notices(
            TwoInputStreamOperatorTestHarness<PolicyChange, Long, JobNotice> keeper) {
        List<JobNotice> notices = keeper.extractOutputValues();
        keeper.getOutput().clear();
        return notices;
    }

    private static TwoInputStreamOperatorTestHarness<PolicyChange, Long, JobNotice> open(
            PolicyChoice options) throws Exception {
        var keeper = harness(options);
        keeper.open();
        return keeper;
    }

    private static TwoInputStreamOperatorTestHarness<PolicyChange, Long, JobNotice> restore(
            PolicyChoice options, OperatorSubtaskState snapshot) throws Exception {
        var keeper = harness(options);
        keeper.initializeState(snapshot);
        keeper.open();
        return keeper;
    }

    private static TwoInputStreamOperatorTestHarness<PolicyChange, Long, JobNotice> harness(
            PolicyChoice options) throws Exception {
        TwoInputStreamOperatorTestHarness<PolicyChange, Long, JobNotice> keeper =
                new TwoInputStreamOperatorTestHarness<>(
                        new CoProcessOperator<>(new PolicyFunction(options)));
        keeper.setup();
        return keeper;
    }
}
