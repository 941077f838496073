package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.BlockHashes;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SloTarget;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.KeyedHarness;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** The gate under Flink: its state, timers, restore and rescaling; on every backend. */
class GateFunctionTest {

    private static final long WAIT = Scenario.SETTINGS.gateWaitMillis();

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aJoinRunsWhenBothOfItsPredecessorsHaveCompleted(Backend backend) throws Exception {
        try (var gate = open(backend)) {
            submitDiamond(gate);
            assertThat(done(gate))
                    .containsExactly(
                            "SUBMIT a",
                            "WAIT b",
                            "PATH_CHANGED a",
                            "WAIT c",
                            "WAIT d",
                            "PATH_CHANGED a");
            gate.process(ended("a", null));
            gate.process(ended("c", null));
            gate.process(ended("c", null));
            assertThat(done(gate)).containsExactly("LET_THROUGH b", "LET_THROUGH c");
            gate.process(ended("b", null));
            assertThat(done(gate)).containsExactly("LET_THROUGH d");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatFollowsAFailureIsRefusedWithAReason(Backend backend) throws Exception {
        try (var gate = open(backend)) {
            submitDiamond(gate);
            gate.drain();
            gate.process(ended("a", "EvictedTTL"));
            List<RouteInput> refused = gate.drain();
            assertThat(refused)
                    .extracting(it -> it.key() + " " + it.kind())
                    .containsExactly("acme/b REFUSE", "acme/c REFUSE", "acme/d REFUSE");
            assertThat(refused.get(2).verdict().outcome()).isEqualTo(Outcome.REJECTED_DEPENDENCY);
            assertThat(refused.get(2).verdict().code()).isEqualTo("predecessor-failed");
            assertThat(refused.get(2).verdict().message()).contains("'a' ended as EvictedTTL");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aBadRepeatComesAfterItsOriginalAndIsNotWaitedFor(Backend backend) throws Exception {
        Verdict bad = new Verdict(Outcome.REJECTED_INVALID, "makes no sense");
        try (var gate = open(backend)) {
            gate.process(submitted("a"));
            gate.process(GateInput.submitted("w", new Submission(request("a"), bad)));
            gate.process(GateInput.submitted("w", new Submission(request("x"), bad)));
            gate.process(submitted("b", "x"));

            List<RouteInput> passed = gate.drain();

            assertThat(passed)
                    .extracting(it -> it.key() + " " + it.kind())
                    .containsExactly(
                            "acme/a SUBMIT",
                            "acme/a SUBMIT",
                            "acme/x SUBMIT",
                            "acme/b SUBMIT_WAITING");
            assertThat(passed)
                    .extracting(RouteInput::verdict)
                    .containsExactly(null, bad, bad, null);
            gate.process(ended("x", "RejectedInvalid"));
            assertThat(done(gate)).containsExactly("REFUSE b");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatItKnowsSurvivesARestoreAndARescale(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var gate = open(backend)) {
            submitDiamond(gate);
            gate.process(ended("a", null));
            gate.process(ended("b", null));
            snapshot = gate.snapshot();
            gate.process(ended("c", null));
            assertThat(done(gate)).endsWith("LET_THROUGH d");
        }
        int told = 0;
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var gate = KeyedHarness.restore(spec(backend), 2, subtask, snapshot)) {
                if (gate.stateEntries() > 0) {
                    gate.process(ended("c", null));
                    gate.process(ended("a", "Failed"));
                    assertThat(done(gate)).containsExactly("LET_THROUGH d");
                    told++;
                }
            }
        }
        assertThat(told).as("subtasks that know the workflow").isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theWaitForTheUnknownGoesOnAfterARestore(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var gate = open(backend)) {
            gate.clock(1_000);
            gate.process(submitted("b", "a"));
            snapshot = gate.snapshot();
        }
        try (var gate = KeyedHarness.restore(spec(backend), 1, 0, snapshot)) {
            gate.clock(1_000 + WAIT - 1);
            assertThat(done(gate)).isEmpty();
            gate.clock(1_000 + WAIT);
            assertThat(done(gate)).containsExactly("REFUSE b");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anEndedWorkflowIsForgotten(Backend backend) throws Exception {
        try (var gate = open(backend)) {
            submitDiamond(gate);
            gate.process(submitted("e", "nobody"));
            for (String id : List.of("a", "b", "c", "d")) {
                gate.process(ended(id, null));
            }
            gate.clock(2 * WAIT);
            gate.process(ended("e", "RejectedDependency"));
            assertThat(gate.stateEntries()).isPositive();
            gate.clock(2 * Scenario.SETTINGS.dedupWindowMillis());
            assertThat(gate.stateEntries()).isZero();
            gate.clock(40 * Scenario.SETTINGS.dedupWindowMillis());
            assertThat(gate.timers()).as("timers").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void workflowsAreApartAndScopedByTenant(Backend backend) throws Exception {
        try (var gate = open(backend)) {
            gate.process(submitted("b", "a"));
            gate.process(GateInput.ended("other", new RequestKey("acme", "a"), null, 0));
            gate.process(GateInput.ended("w", new RequestKey("globex", "a"), null, 0));
            assertThat(done(gate)).containsExactly("WAIT b");
        }
    }

    private static void submitDiamond(KeyedHarness<GateInput, RouteInput> gate) throws Exception {
        gate.process(submitted("a"));
        gate.process(submitted("b", "a"));
        gate.process(submitted("c", "a"));
        gate.process(submitted("d", "b", "c"));
    }

    private static GateInput submitted(String id, String... predecessors) {
        List<Dependency> edges =
                Arrays.stream(predecessors).map(it -> Dependency.on(it, OnFailure.FAIL)).toList();
        return GateInput.submitted("w", new Submission(request(id), null, edges));
    }

    private static PendingRequest request(String id) {
        return new PendingRequest(
                new RequestKey("acme", id),
                "m",
                0,
                0,
                PendingRequest.NEVER,
                PendingRequest.NEVER,
                100,
                50,
                0,
                SloTarget.NONE,
                null,
                null,
                new Passengers(0, 0, "w", null, null, false, null, null, BlockHashes.NONE));
    }

    private static GateInput ended(String id, String outcome) {
        return GateInput.ended("w", new RequestKey("acme", id), outcome, 0);
    }

    private static List<String> done(KeyedHarness<GateInput, RouteInput> gate) {
        return gate.drain().stream()
                .map(it -> "%s %s".formatted(it.kind(), RequestKey.parse(it.key()).requestId()))
                .map(it -> it.replace("SUBMIT_WAITING", "WAIT"))
                .toList();
    }

    private static KeyedHarness<GateInput, RouteInput> open(Backend backend) throws Exception {
        return KeyedHarness.open(spec(backend));
    }

    private static KeyedHarness.Spec<GateInput, RouteInput> spec(Backend backend) {
        return new KeyedHarness.Spec<>(
                () -> new GateFunction(Scenario.SETTINGS), GateInput::key, backend);
    }
}
