package io.sluice.jobs.scheduling;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.scheduling.Scenario.Worker;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;
import io.sluice.jobs.testing.KeyedHarness;
import io.sluice.jobs.testing.Notices;
import io.sluice.jobs.testing.SubtaskOfKey;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

import static io.sluice.jobs.scheduling.Scenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * What waits for a request that was let through grows and shrinks: from the gate by the router to
 * the lane, each across a restore; on every backend.
 */
class PathChangeTest {

    private static final long EPOCH = 1_000;
    private static final long LATER_EPOCH = 2_000;
    private static final long STEP =
            Math.round(ServiceModel.UNKNOWN_HARDWARE.serviceMillis(request("any", 0, 0)));
    private static final PolicyChoice OPTIONS = Scenario.SETTINGS.policies();

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoredGateGoesOnFromWhatItHadTold(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var gate = KeyedHarness.open(gate(backend))) {
            gate.process(submitted("a"));
            gate.process(submitted("b", "a"));
            gate.process(submitted("c", "b"));
            assertThat(paths(gate.drain())).containsExactly("a " + STEP, "a " + 2 * STEP);
            snapshot = gate.snapshot();
        }
        try (var gate = KeyedHarness.restore(gate(backend), 1, 0, snapshot)) {
            gate.process(submitted("c", "b"));
            gate.process(submitted("other", "a"));
            assertThat(paths(gate.drain())).as("no news").isEmpty();
            gate.process(submitted("d", "c"));
            assertThat(paths(gate.drain())).containsExactly("a " + 3 * STEP);
            gate.process(ended("c", "EvictedTTL"));
            assertThat(paths(gate.drain())).containsExactly("a " + STEP);
            gate.process(ended("a", null));
            assertThat(gate.drain())
                    .extracting(RouteInput::key, RouteInput::criticalPathMillis)
                    .containsExactly(tuple("acme/b", 0L), tuple("acme/other", 0L));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRouterTellsTheLaneAndKeepsItForLaterAttempts(Backend backend) throws Exception {
        RequestKey key = new RequestKey("acme", "r");
        OperatorSubtaskState snapshot;
        try (var route = BroadcastHarness.open(route(backend))) {
            open(route, EPOCH);
            route.process(RouteInput.submit(request("r", 2, 10), null));
            route.drain();
            route.process(RouteInput.pathChanged(key, 70));
            assertThat(route.drain()).containsExactly(LaneInput.revalue("gpu-1", key, 1, 2, 70));
            snapshot = route.snapshot();
        }
        try (var route = BroadcastHarness.restore(route(backend), 1, 0, snapshot)) {
            open(route, LATER_EPOCH);
            route.process(RouteInput.reprioritise(key, 3));
            assertThat(route.drain()).containsExactly(LaneInput.revalue("gpu-1", key, 1, 3, 70));
            route.process(
                    RouteInput.released(
                            new Release(
                                    key,
                                    1,
                                    "gpu-1",
                                    LATER_EPOCH,
                                    ReleaseReason.LOST,
                                    true,
                                    null,
                                    "its worker has died")));
            LaneInput again = only(route.drain());
            assertThat(again.kind()).isEqualTo(LaneInput.Kind.ASSIGN);
            assertThat(again.request().criticalPathMillis()).isEqualTo(70);
            assertThat(again.request().priority()).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aLaneReordersWhatWaitsAndKeepsThatAcrossARestore(Backend backend) throws Exception {
        Notices notices = new Notices(OPTIONS);
        OperatorSubtaskState snapshot;
        try (var lanes = BroadcastHarness.open(lanes(backend))) {
            lanes.broadcast(notices.epoch(EPOCH));
            lanes.broadcast(notices.change(EPOCH, OPTIONS.withOrdering("critical-path")));
            for (String id : List.of("first", "second", "third", "fourth")) {
                lanes.process(LaneInput.assign("gpu-1", request(id, 0, 10), 1));
            }
            lanes.process(revalue("third", 900));
            lanes.process(revalue("fourth", 400));
            lanes.process(revalue("third", 0));
            snapshot = lanes.snapshot();
        }
        try (var lanes = BroadcastHarness.restore(lanes(backend), 1, 0, snapshot)) {
            lanes.broadcast(new Notices(notices.inForce()).epoch(LATER_EPOCH));
            lanes.process(revalue("second", 200));
            Worker worker = new Worker("gpu-1", 1, 4);
            lanes.process(LaneInput.report(worker.registers(100)));
            long sync = only(lanes.drain()).address().seq();
            lanes.process(LaneInput.report(worker.answers(LATER_EPOCH, sync, 120)));

            List<CommandMessage> dispatched = lanes.drain();

            assertThat(dispatched)
                    .extracting(command -> command.target().requestId())
                    .containsExactly("fourth", "second", "first", "third");
            lanes.process(revalue("fourth", 1_000));
            assertThat(lanes.drain()).as("what runs is left alone").isEmpty();
        }
    }

    private static LaneInput revalue(String id, long criticalPathMillis) {
        return LaneInput.revalue("gpu-1", new RequestKey("acme", id), 1, 0, criticalPathMillis);
    }

    private static GateInput submitted(String id, String... predecessors) {
        List<Dependency> edges =
                Arrays.stream(predecessors).map(it -> Dependency.on(it, OnFailure.FAIL)).toList();
        PendingRequest request = request(id, 0, 0);
        return GateInput.submitted("w", new Submission(request, null, edges));
    }

    private static GateInput ended(String id, String outcome) {
        return GateInput.ended("w", new RequestKey("acme", id), outcome, 0);
    }

    private static List<String> paths(List<RouteInput> told) {
        return told.stream()
                .filter(input -> input.kind() == RouteInput.Kind.PATH_CHANGED)
                .map(input -> input.target().requestId() + " " + input.criticalPathMillis())
                .toList();
    }

    /** Begins an epoch, with one instance that has answered. */
    private static void open(BroadcastHarness<RouteInput, JobNotice, LaneInput> route, long epoch)
            throws Exception {
        String subtask = SubtaskOfKey.someKeyOf(0, 1);
        Worker worker = new Worker("gpu-1", 1, 4);
        route.broadcast(new Notices(OPTIONS).epoch(epoch));
        route.process(RouteInput.fleet(subtask, worker.registers(100)));
        route.process(RouteInput.fleet(subtask, worker.answers(epoch, 1, 110)));
        route.process(RouteInput.tick(subtask, new Tick(epoch, 0, 1, 120)));
    }

    private static KeyedHarness.Spec<GateInput, RouteInput> gate(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new GateFunction(Scenario.SETTINGS), GateInput::key, backend);
    }

    private static BroadcastHarness.Spec<RouteInput, JobNotice, LaneInput> route(Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new RouteFunction(Scenario.SETTINGS),
                RouteInput::key,
                Notices.STATE,
                backend);
    }

    private static BroadcastHarness.Spec<LaneInput, JobNotice, CommandMessage> lanes(
            Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new InstanceSchedulerFunction(Scenario.SETTINGS),
                LaneInput::key,
                Notices.STATE,
                backend);
    }

    private static <T> T only(List<T> list) {
        assertThat(list).hasSize(1);
        return list.get(0);
    }
}
