package io.sluice.jobs.scheduling;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.scheduling.Scenario.Worker;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;
import io.sluice.jobs.testing.Notices;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.List;

import static io.sluice.jobs.scheduling.Scenario.request;
import static org.assertj.core.api.Assertions.assertThat;

/** The lanes under Flink: effects, the timer, snapshot and restore, rescaling; on every backend. */
class InstanceSchedulerFunctionTest {

    private static final long EPOCH = 1_000;
    private static final long LATER_EPOCH = 2_000;
    private static final Notices NOTICES = new Notices(Scenario.SETTINGS.policies());

    @ParameterizedTest
    @EnumSource(Backend.class)
    void requestsGoOutInOrderWhenTheWorkerIsInStep(Backend backend) throws Exception {
        try (var lanes = open(backend)) {
            Worker worker = new Worker("gpu-1", 1, 1);
            lanes.process(LaneInput.assign("gpu-1", request("low", 0, 10), 1));
            lanes.process(LaneInput.assign("gpu-1", request("high", 4, 20), 1));
            lanes.process(LaneInput.assign("gpu-1", request("middle", 2, 15), 1));
            assertThat(lanes.drain()).as("nothing before the worker is in step").isEmpty();

            lanes.process(LaneInput.report(worker.registers(100)));
            CommandMessage sync = only(lanes.drain());
            assertThat(sync.kind()).isEqualTo(CommandMessage.Kind.SYNC);
            lanes.process(LaneInput.report(worker.answers(EPOCH, sync.address().seq(), 120)));

            List<CommandMessage> dispatches = lanes.drain();
            // One sequence and one of look-ahead.
            assertThat(ids(dispatches)).containsExactly("high", "middle");
            assertThat(dispatches.get(0).address().dispatchPartition()).isEqualTo(3);
            assertThat(dispatches.get(0).behind().requests()).isEqualTo(2);
            lanes.process(LaneInput.report(worker.completes(run("high", 1), 150)));
            assertThat(ids(lanes.drain())).containsExactly("low");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRequestExpiresByTimerAndIsReleasedWithTheReason(Backend backend) throws Exception {
        try (var lanes = open(backend)) {
            lanes.clock(100);
            lanes.process(LaneInput.assign("gpu-1", Scenario.expiring("r", 0, 100, 1_234), 1));

            lanes.clock(1_239);
            assertThat(lanes.drain(InstanceSchedulerFunction.RELEASES)).isEmpty();
            lanes.clock(1_240);

            ReleaseMessage release = only(lanes.drain(InstanceSchedulerFunction.RELEASES));
            assertThat(release.release().reason()).isEqualTo(ReleaseReason.EXPIRED);
            assertThat(release.atMillis()).isEqualTo(1_240);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoredLaneTakesStockBeforeItSends(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        Worker worker = new Worker("gpu-1", 1, 1);
        try (var lanes = open(backend)) {
            bringInStep(lanes, worker);
            lanes.process(LaneInput.assign("gpu-1", request("running", 0, 10), 1));
            lanes.process(LaneInput.assign("gpu-1", request("ahead", 0, 11), 1));
            lanes.process(LaneInput.assign("gpu-1", request("waiting", 0, 12), 1));
            lanes.process(LaneInput.assign("gpu-1", request("urgent", 4, 13), 1));
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            lanes.process(LaneInput.report(worker.completes(run("running", 1), 300)));
            assertThat(lanes.drain()).as("no epoch yet").isEmpty();

            lanes.broadcast(NOTICES.epoch(LATER_EPOCH));
            CommandMessage sync = only(lanes.drain());
            assertThat(sync.kind()).isEqualTo(CommandMessage.Kind.SYNC);
            assertThat(sync.address().epoch()).isEqualTo(LATER_EPOCH);
            lanes.process(LaneInput.assign("gpu-1", request("new", 0, 14), 1));
            assertThat(lanes.drain()).as("held until the worker has answered").isEmpty();

            lanes.process(
                    LaneInput.report(
                            worker.answers(
                                    LATER_EPOCH,
                                    sync.address().seq(),
                                    320,
                                    new AcceptedRun(run("ahead", 1), 150, 0))));
            assertThat(ids(lanes.drain())).containsExactly("urgent");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatTheWorkerDoesNotHoldIsReleasedAsLost(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        Worker worker = new Worker("gpu-1", 1, 1);
        try (var lanes = open(backend)) {
            bringInStep(lanes, worker);
            lanes.process(LaneInput.assign("gpu-1", request("sent", 0, 10), 1));
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            lanes.broadcast(NOTICES.epoch(LATER_EPOCH));
            long sync = only(lanes.drain()).address().seq();

            lanes.process(LaneInput.report(worker.answers(LATER_EPOCH, sync, 300)));

            ReleaseMessage release = only(lanes.drain(InstanceSchedulerFunction.RELEASES));
            assertThat(release.release().reason()).isEqualTo(ReleaseReason.LOST);
            assertThat(release.release().epoch()).isEqualTo(LATER_EPOCH);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatALaneHasToSayBeforeItsEpochSurvivesUntilThen(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        Worker worker = new Worker("gpu-1", 1, 1);
        try (var lanes = open(backend)) {
            bringInStep(lanes, worker);
            lanes.process(LaneInput.assign("gpu-1", request("sent", 0, 10), 1));
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            lanes.process(LaneInput.report(new Worker("gpu-1", 2, 1).registers(300)));
            assertThat(lanes.drain(InstanceSchedulerFunction.RELEASES)).isEmpty();
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            lanes.broadcast(NOTICES.epoch(LATER_EPOCH));
            ReleaseMessage release = only(lanes.drain(InstanceSchedulerFunction.RELEASES));
            assertThat(release.release().reason()).isEqualTo(ReleaseReason.LOST);
            assertThat(release.release().epoch()).isEqualTo(LATER_EPOCH);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void deathIsJudgedByLogTimeOnly(Backend backend) throws Exception {
        try (var lanes = open(backend)) {
            Worker worker = new Worker("gpu-1", 1, 4);
            bringInStep(lanes, worker);
            lanes.process(LaneInput.assign("gpu-1", request("r", 0, 10), 1));
            lanes.drain();

            lanes.clock(1_000_000);
            assertThat(lanes.drain(InstanceSchedulerFunction.RELEASES))
                    .as("the clock of the job kills nobody")
                    .isEmpty();
            lanes.process(LaneInput.tick("any subtask", new Tick(EPOCH, 1, 2, 900_000)));
            lanes.clock(1_002_000);
            assertThat(lanes.drain(InstanceSchedulerFunction.RELEASES))
                    .as("nor does another partition")
                    .isEmpty();
            lanes.process(LaneInput.tick("any subtask", new Tick(EPOCH, 0, 2, 120 + 5_001)));
            lanes.clock(1_004_000);

            ReleaseMessage release = only(lanes.drain(InstanceSchedulerFunction.RELEASES));
            assertThat(release.release().reason()).isEqualTo(ReleaseReason.LOST);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void stateAndTimersAreBackToZeroOnceTheDedupWindowHasPassed(Backend backend) throws Exception {
        long died = 120 + 5_001;
        try (var lanes = open(backend)) {
            Worker worker = new Worker("gpu-1", 1, 1);
            bringInStep(lanes, worker);
            lanes.process(LaneInput.assign("gpu-1", request("sent", 0, 10), 1));
            lanes.process(LaneInput.assign("gpu-1", request("ahead", 0, 11), 1));
            lanes.process(LaneInput.assign("gpu-1", request("waiting", 0, 12), 1));
            lanes.process(LaneInput.assign("gpu-2", request("orphan", 0, 13), 1));
            lanes.process(LaneInput.tick("any subtask", new Tick(EPOCH, 0, 2, died)));
            lanes.clock(31_000);
            assertThat(lanes.drain(InstanceSchedulerFunction.RELEASES)).hasSize(4);
            lanes.drain();

            lanes.process(LaneInput.report(worker.answers(EPOCH, 0, died + 1)));
            assertThat(only(lanes.drain()).kind())
                    .as("the dead are remembered")
                    .isEqualTo(CommandMessage.Kind.FENCE);
            assertThat(lanes.timers()).as("one for the lane of the dead").isEqualTo(1);

            lanes.process(LaneInput.tick("any subtask", new Tick(EPOCH, 0, 2, died + 60_000)));
            lanes.clock(31_000 + 60_000);
            assertThat(lanes.stateEntries()).as("entries in state").isZero();
            assertThat(lanes.timers()).as("timers").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theDeadAreRememberedAndForgottenAcrossARestore(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var lanes = open(backend)) {
            bringInStep(lanes, new Worker("gpu-1", 1, 1));
            lanes.process(LaneInput.tick("any subtask", new Tick(EPOCH, 0, 2, 120 + 5_001)));
            lanes.clock(10_000);
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            lanes.broadcast(NOTICES.epoch(LATER_EPOCH));
            lanes.clock(80_000);
            assertThat(lanes.timers()).as("the log has not been read").isEqualTo(1);
            lanes.process(LaneInput.tick("any subtask", new Tick(LATER_EPOCH, 0, 2, 80_000)));
            lanes.clock(200_000);
            // RocksDB writes in batches; a snapshot writes out what is due.
            lanes.snapshot();
            assertThat(lanes.stateEntries()).as("entries in state").isZero();
            assertThat(lanes.timers()).as("timers").isZero();
            assertThat(lanes.drain()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void lanesGoOnAfterRescalingOutAndIn(Backend backend) throws Exception {
        List<String> instances = new ArrayList<>();
        OperatorSubtaskState one;
        try (var lanes = open(backend)) {
            for (int i = 0; i < 12; i++) {
                String instance = "gpu-" + i;
                instances.add(instance);
                lanes.process(LaneInput.assign(instance, request("a" + i, 0, 10), 1));
                lanes.process(LaneInput.assign(instance, request("b" + i, 4, 20), 1));
            }
            one = lanes.snapshot();
        }
        OperatorSubtaskState[] two = new OperatorSubtaskState[2];
        int timers = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var lanes = BroadcastHarness.restore(spec(backend), 2, subtask, one)) {
                timers += lanes.timers();
                assertThat(lanes.stateEntries()).isPositive();
                two[subtask] = lanes.snapshot();
            }
        }
        assertThat(timers).isEqualTo(12);
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, two)) {
            lanes.broadcast(NOTICES.epoch(EPOCH));
            for (String instance : instances) {
                Worker worker = new Worker(instance, 1, 1);
                lanes.process(LaneInput.report(worker.registers(100)));
                long sync = only(lanes.drain()).address().seq();
                lanes.process(LaneInput.report(worker.answers(EPOCH, sync, 120)));
                String number = instance.substring("gpu-".length());
                assertThat(ids(lanes.drain())).containsExactly("b" + number, "a" + number);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void timersGoWithTheirLanesOnRescaling(Backend backend) throws Exception {
        OperatorSubtaskState one;
        try (var lanes = open(backend)) {
            lanes.clock(100);
            for (int i = 0; i < 12; i++) {
                lanes.process(
                        LaneInput.assign(
                                "gpu-" + i,
                                Scenario.expiring("r" + i, 0, 100, 5_000 + 100L * i),
                                1));
            }
            one = lanes.snapshot();
        }
        OperatorSubtaskState[] two = new OperatorSubtaskState[2];
        List<String> expired = new ArrayList<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var lanes = BroadcastHarness.restore(spec(backend), 2, subtask, one)) {
                lanes.clock(4_000);
                lanes.broadcast(NOTICES.epoch(LATER_EPOCH));
                lanes.clock(5_550);
                expired.addAll(expired(lanes));
                two[subtask] = lanes.snapshot();
            }
        }
        assertThat(expired).containsExactlyInAnyOrder("r0", "r1", "r2", "r3", "r4", "r5");
        try (var lanes = BroadcastHarness.restore(spec(backend), 1, 0, two)) {
            lanes.clock(5_560);
            lanes.broadcast(NOTICES.epoch(LATER_EPOCH + 1));
            lanes.clock(7_000);
            assertThat(expired(lanes)).containsExactly("r6", "r7", "r8", "r9", "r10", "r11");
            assertThat(lanes.timers()).isZero();
        }
    }

    /** Requests released since the last call, for which there is a decision each. */
    private static List<String> expired(
            BroadcastHarness<LaneInput, JobNotice, CommandMessage> lanes) {
        List<ReleaseMessage> released = lanes.drain(InstanceSchedulerFunction.RELEASES);
        assertThat(released)
                .allMatch(message -> message.release().reason() == ReleaseReason.EXPIRED);
        List<RequestKey> keys = released.stream().map(message -> message.release().key()).toList();
        assertThat(lanes.drain(InstanceSchedulerFunction.DECISIONS))
                .allMatch(decision -> decision.kind() == DecisionMessage.Kind.RELEASE)
                .extracting(DecisionMessage::key)
                .isEqualTo(keys);
        return keys.stream().map(RequestKey::requestId).toList();
    }

    private static BroadcastHarness.Spec<LaneInput, JobNotice, CommandMessage> spec(
            Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new InstanceSchedulerFunction(Scenario.SETTINGS),
                LaneInput::key,
                Notices.STATE,
                backend);
    }

    private static BroadcastHarness<LaneInput, JobNotice, CommandMessage> open(Backend backend)
            throws Exception {
        BroadcastHarness<LaneInput, JobNotice, CommandMessage> lanes =
                BroadcastHarness.open(spec(backend));
        lanes.broadcast(NOTICES.epoch(EPOCH));
        return lanes;
    }

    private static void bringInStep(
            BroadcastHarness<LaneInput, JobNotice, CommandMessage> lanes, Worker worker)
            throws Exception {
        lanes.process(LaneInput.report(worker.registers(100)));
        long sync = only(lanes.drain()).address().seq();
        lanes.process(LaneInput.report(worker.answers(EPOCH, sync, 120)));
    }

    private static RunId run(String id, int attempt) {
        return new RunId(new RequestKey("acme", id), attempt, EPOCH);
    }

    private static List<String> ids(List<CommandMessage> commands) {
        return commands.stream().map(command -> command.target().requestId()).toList();
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
