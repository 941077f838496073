package io.sluice.jobs.scheduling;

import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecidedBy;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.scheduling.Scenario.Worker;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;
import io.sluice.jobs.testing.Notices;
import io.sluice.jobs.testing.SubtaskOfKey;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;

import static io.sluice.jobs.scheduling.Scenario.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Router and lanes under Flink when policies change: at once, for good, and told. */
class PolicyChangeTest {

    private static final long EPOCH = 1_000;
    private static final long LATER_EPOCH = 2_000;
    private static final PolicyChoice OPTIONS = Scenario.SETTINGS.policies();
    private static final PolicyChoice CHOSEN =
            OPTIONS.withOrdering("fcfs").withAdmission("limits:max-requests=1");
    private static final DecidedBy BEFORE = new DecidedBy("priority", 0, null);
    private static final DecidedBy AFTER = new DecidedBy("fcfs", 1, "control-0-1");

    private final Worker worker = new Worker("gpu-1", 1, 1);
    private Notices notices = new Notices(OPTIONS);

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aLaneReordersAndSaysByWhichPoliciesItDecides(Backend backend) throws Exception {
        try (var lanes = BroadcastHarness.open(lanes(backend))) {
            fill(lanes);
            assertThat(decisions(lanes)).extracting(DecisionMessage::by).containsOnly(BEFORE);

            lanes.broadcast(notices.change(EPOCH, CHOSEN));
            assertThat(lanes.drain()).as("nothing that is out is taken back").isEmpty();
            lanes.process(LaneInput.report(worker.completes(run("first", EPOCH), 200)));
            lanes.process(LaneInput.report(worker.completes(run("ahead", EPOCH), 210)));

            List<CommandMessage> commands = lanes.drain();
            assertThat(ids(commands)).containsExactly("patient", "urgent");
            assertThat(commands).extracting(CommandMessage::policy).containsOnly("fcfs");
            assertThat(commands).extracting(CommandMessage::policyVersion).containsOnly(1L);
            List<DecisionMessage> decisions = decisions(lanes);
            assertThat(decisions).extracting(DecisionMessage::by).containsOnly(AFTER);
            assertThat(decisions).extracting(DecisionMessage::reason).containsOnly("by submission");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoredLaneKnowsThePoliciesBeforeItHearsOfThem(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var lanes = BroadcastHarness.open(lanes(backend))) {
            fill(lanes);
            lanes.broadcast(notices.change(EPOCH, CHOSEN));
            snapshot = lanes.snapshot();
        }
        notices = new Notices(notices.inForce());
        try (var lanes = BroadcastHarness.restore(lanes(backend), 1, 0, snapshot)) {
            lanes.process(LaneInput.assign("gpu-1", request("one too many", 0, 30), 1));
            lanes.broadcast(notices.epoch(LATER_EPOCH));

            DecisionMessage refusal = only(decisions(lanes));
            assertThat(refusal.reason()).startsWith(ReleaseReason.REJECTED_CAPACITY.name());
            assertThat(refusal.by()).isEqualTo(AFTER);
            long sync = only(lanes.drain()).address().seq();
            lanes.process(LaneInput.report(worker.answers(LATER_EPOCH, sync, 300)));
            assertThat(ids(lanes.drain())).containsExactly("patient", "urgent");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void everySubtaskKnowsThePoliciesAfterRescaling(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var lanes = BroadcastHarness.open(lanes(backend))) {
            fill(lanes);
            lanes.broadcast(notices.change(EPOCH, CHOSEN));
            snapshot = lanes.snapshot();
        }
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var lanes = BroadcastHarness.restore(lanes(backend), 2, subtask, snapshot)) {
                String lane = SubtaskOfKey.someKeyOf(subtask, 2);
                for (String id : List.of("a", "b", "c")) {
                    lanes.process(LaneInput.assign(lane, request(id, 0, 10), 1));
                }
                lanes.broadcast(notices.epoch(LATER_EPOCH));
                assertThat(decisions(lanes)).extracting(DecisionMessage::by).containsOnly(AFTER);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRouterChoosesByThePoliciesInForce(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var route = BroadcastHarness.open(route(backend))) {
            route.broadcast(notices.epoch(EPOCH));
            gather(route, EPOCH);
            route.process(RouteInput.submit(request("before", 0, 10), null));
            assertThat(only(decisionsOf(route)).by())
                    .isEqualTo(new DecidedBy("least-outstanding", 0, null));

            route.broadcast(notices.change(EPOCH, OPTIONS.withRouting("round-robin")));
            for (int i = 0; i < 4; i++) {
                route.process(RouteInput.submit(request("turn-" + i, 0, 10), null));
            }
            assertThat(decisionsOf(route))
                    .hasSize(4)
                    .extracting(DecisionMessage::by)
                    .containsOnly(new DecidedBy("round-robin", 1, "control-0-1"));
            assertThat(route.drain())
                    .extracting(LaneInput::key)
                    .endsWith("gpu-1", "gpu-2", "gpu-1", "gpu-2");
            snapshot = route.snapshot();
        }
        try (var route = BroadcastHarness.restore(route(backend), 1, 0, snapshot)) {
            route.broadcast(new Notices(notices.inForce()).epoch(LATER_EPOCH));
            gather(route, LATER_EPOCH);
            route.process(RouteInput.submit(request("after", 0, 10), null));
            assertThat(only(decisionsOf(route)).by())
                    .isEqualTo(new DecidedBy("round-robin", 1, "control-0-1"));
        }
    }

    /** Two are with the worker, two wait, of which the later is more important. */
    private void fill(BroadcastHarness<LaneInput, JobNotice, CommandMessage> lanes)
            throws Exception {
        lanes.broadcast(notices.epoch(EPOCH));
        lanes.process(LaneInput.report(worker.registers(100)));
        long sync = only(lanes.drain()).address().seq();
        lanes.process(LaneInput.report(worker.answers(EPOCH, sync, 120)));
        lanes.process(LaneInput.assign("gpu-1", request("first", 0, 10), 1));
        lanes.process(LaneInput.assign("gpu-1", request("ahead", 0, 11), 1));
        lanes.process(LaneInput.assign("gpu-1", request("patient", 0, 12), 1));
        lanes.process(LaneInput.assign("gpu-1", request("urgent", 4, 13), 1));
        assertThat(ids(lanes.drain())).containsExactly("first", "ahead");
    }

    private static void gather(BroadcastHarness<RouteInput, JobNotice, LaneInput> route, long epoch)
            throws Exception {
        String subtask = SubtaskOfKey.someKeyOf(0, 1);
        for (String instance : List.of("gpu-1", "gpu-2")) {
            Worker one = new Worker(instance, 1, 4);
            route.process(RouteInput.fleet(subtask, one.registers(100)));
            route.process(RouteInput.fleet(subtask, one.answers(epoch, 1, 110)));
        }
        route.process(RouteInput.tick(subtask, new Tick(epoch, 0, 1, 120)));
    }

    private static BroadcastHarness.Spec<LaneInput, JobNotice, CommandMessage> lanes(
            Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new InstanceSchedulerFunction(Scenario.SETTINGS),
                LaneInput::key,
                Notices.STATE,
                backend);
    }

    private static BroadcastHarness.Spec<RouteInput, JobNotice, LaneInput> route(Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new RouteFunction(Scenario.SETTINGS),
                RouteInput::key,
                Notices.STATE,
                backend);
    }

    private static List<DecisionMessage> decisions(
            BroadcastHarness<LaneInput, JobNotice, CommandMessage> lanes) {
        return lanes.drain(InstanceSchedulerFunction.DECISIONS);
    }

    private static List<DecisionMessage> decisionsOf(
            BroadcastHarness<RouteInput, JobNotice, LaneInput> route) {
        return route.drain(RouteFunction.DECISIONS);
    }

    private static RunId run(String id, long epoch) {
        return new RunId(new RequestKey("acme", id), 1, epoch);
    }

    private static List<String> ids(List<CommandMessage> commands) {
        return commands.stream().map(command -> command.target().requestId()).toList();
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
