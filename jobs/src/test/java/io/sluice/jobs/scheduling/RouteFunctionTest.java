package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.SettledRequest;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.DecisionMessage.Kind;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.ScoredInstance;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.scheduling.Scenario.Worker;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.testing.Backend;
import io.sluice.jobs.testing.BroadcastHarness;
import io.sluice.jobs.testing.Notices;
import io.sluice.jobs.testing.SubtaskOfKey;

import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static io.sluice.jobs.scheduling.Scenario.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * The router under Flink: its records, timers, view of the fleet, restore and rescaling; on every
 * backend.
 */
class RouteFunctionTest {

    private static final long EPOCH = 1_000;
    private static final long LATER_EPOCH = 2_000;
    private static final Notices NOTICES = new Notices(Scenario.SETTINGS.policies());
    private static final String SUBTASK = "\u0001any";
    private static final String LEAST_OUTSTANDING = "done first by what is outstanding";
    private static final LogPosition POSITION = new LogPosition("worker-events", 0, 7, 100);

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRequestIsAssignedOnceAndItsRepeatIsDropped(Backend backend) throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.process(RouteInput.submit(request("r", 0, 10), null));
            route.process(RouteInput.submit(request("r", 4, 20), null));

            LaneInput assignment = only(route.drain());
            assertThat(assignment.kind()).isEqualTo(LaneInput.Kind.ASSIGN);
            assertThat(assignment.key()).isEqualTo("gpu-1");
            assertThat(assignment.attempt()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aDecisionSaysWhoDecidedAndWhyAndIsNumbered(Backend backend) throws Exception {
        try (var route = openWithFleet(backend, "gpu-1", "gpu-2")) {
            route.process(RouteInput.submit(request("r", 3, 10), null));
            route.process(RouteInput.released(release("r", ReleaseReason.DRAINING, true)));

            assertThat(route.drain(RouteFunction.DECISIONS))
                    .extracting(
                            DecisionMessage::epoch,
                            DecisionMessage::seq,
                            decision -> decision.by().policy(),
                            DecisionMessage::reason)
                    .containsExactly(
                            tuple(EPOCH, 1L, "least-outstanding", LEAST_OUTSTANDING),
                            tuple(EPOCH, 2L, null, "the other has just let go of it"));
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void anAssignmentTellsWhoElseCouldHaveTakenItAndWhatIsPredicted(Backend backend)
            throws Exception {
        try (var route = openWithFleet(backend, "gpu-1", "gpu-2", "gpu-3")) {
            route.process(RouteInput.submit(request("a", 0, 10), null));
            route.process(RouteInput.submit(request("b", 0, 10), null));

            DecisionMessage second = route.drain(RouteFunction.DECISIONS).get(1);
            assertThat(second.candidateCount()).isEqualTo(3);
            assertThat(second.candidates())
                    .extracting(ScoredInstance::instanceId)
                    .containsExactly("gpu-2", "gpu-3", "gpu-1");
            assertThat(second.candidates().get(2).parts())
                    .as("100 prompt and 50 output tokens of the first, on one of four places")
                    .containsEntry("outstanding_ms", -510 / 4.0)
                    .containsEntry("service_ms", -510.0);
            DecisionForecast expected = second.expected();
            assertThat(expected.startMillis()).isEqualTo(second.decidedAtMillis());
            assertThat(expected.finishMillis()).isEqualTo(second.decidedAtMillis() + 510);
            assertThat(expected.ttftMillis()).isEqualTo(second.decidedAtMillis() - 10 + 10.0);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatTheRouterClosesIsToldAtOnce(Backend backend) throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            Verdict verdict = new Verdict(Outcome.REJECTED_INVALID, "no");
            route.process(RouteInput.submit(request("invalid", 3, 10), verdict));
            for (String id : List.of("done", "expired", "failed")) {
                route.process(RouteInput.submit(request(id, 0, 10), null));
            }
            route.drain(RouteFunction.DECISIONS);
            route.process(RouteInput.released(release("expired", ReleaseReason.EXPIRED, true)));
            route.process(RouteInput.released(release("failed", ReleaseReason.FAILED, false)));
            Worker worker = new Worker("gpu-1", 1, 4);
            route.process(RouteInput.completed(worker.completes(run("done"), 90), POSITION));

            List<DecisionMessage> ends = route.drain(RouteFunction.DECISIONS);
            assertThat(ends)
                    .extracting(DecisionMessage::kind, decision -> decision.end().outcome())
                    .containsExactly(
                            tuple(Kind.EXPIRE, "EvictedTTL"),
                            tuple(Kind.END, "Failed"),
                            tuple(Kind.END, "Completed"));
            DecisionMessage done = ends.get(2);
            assertThat(done.expected().serviceMillis())
                    .as("predicted when it was given to gpu-1")
                    .isEqualTo(510);
            assertThat(done.end().outputTokens()).isPositive();
            assertThat(done.end().e2eMillis()).isPositive();
            assertThat(done.epoch()).isEqualTo(EPOCH);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRejectionNamesItsReason(Backend backend) throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            Verdict verdict = new Verdict(Outcome.REJECTED_INVALID, "no");
            route.process(RouteInput.submit(request("invalid", 3, 10), verdict));

            DecisionMessage rejection = only(route.drain(RouteFunction.DECISIONS));
            assertThat(rejection.kind()).isEqualTo(Kind.REJECT);
            assertThat(rejection.end().outcome()).isEqualTo("RejectedInvalid");
            assertThat(rejection.reason()).isEqualTo("no");
            assertThat(rejection.priority()).isEqualTo(3);
            assertThat(rejection.instanceId()).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void whatIsHeldForAnInstanceIsToldOnce(Backend backend) throws Exception {
        try (var route = openWithFleet(backend)) {
            route.clock(1_000);
            route.process(RouteInput.submit(request("r", 0, 10), null));
            route.clock(5_000);

            DecisionMessage hold = only(route.drain(RouteFunction.DECISIONS));
            assertThat(hold.kind()).isEqualTo(Kind.HOLD);
            assertThat(hold.seq()).isEqualTo(1);
            assertThat(hold.reason()).contains("no living instance serves model 'm'");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRequestWaitsForAnInstanceAndThenIsRejected(Backend backend) throws Exception {
        try (var route = openWithFleet(backend)) {
            route.clock(1_000);
            route.process(RouteInput.submit(request("r", 0, 900), null));
            route.clock(30_500);
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();

            route.clock(32_000);

            SettledRequest settled = only(route.drain(RouteFunction.SETTLED));
            assertThat(settled.outcome()).isEqualTo(Outcome.REJECTED_NO_ENDPOINTS);
            assertThat(settled.message()).contains("no living instance serves model 'm'");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aHeldRequestGoesOutWhenAnInstanceJoins(Backend backend) throws Exception {
        try (var route = openWithFleet(backend)) {
            route.process(RouteInput.submit(request("r", 0, 10), null));
            assertThat(route.drain()).isEmpty();

            route.process(RouteInput.fleet(SUBTASK, new Worker("gpu-9", 1, 4).registers(200)));
            route.clock(1_000);

            assertThat(only(route.drain()).key()).isEqualTo("gpu-9");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void everyKindOfEndClosesOnceAndIsForgottenAfterTheDedupWindow(Backend backend)
            throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            Worker worker = new Worker("gpu-1", 1, 4);
            for (String id : List.of("done", "failed", "expired", "invalid", "cancelled")) {
                Verdict verdict =
                        id.equals("invalid") ? new Verdict(Outcome.REJECTED_INVALID, "no") : null;
                route.process(RouteInput.submit(request(id, 0, 10), verdict));
            }
            route.process(RouteInput.completed(worker.completes(run("done"), 90), POSITION));
            route.process(RouteInput.completed(worker.completes(run("done"), 91), POSITION));
            route.process(RouteInput.released(release("failed", ReleaseReason.FAILED, false)));
            route.process(RouteInput.released(release("expired", ReleaseReason.EXPIRED, true)));
            route.process(RouteInput.cancel(new RequestKey("acme", "cancelled"), "bored"));
            route.process(RouteInput.released(release("cancelled", ReleaseReason.CANCELLED, true)));

            assertThat(route.drain(RouteFunction.SETTLED))
                    .extracting(SettledRequest::outcome)
                    .containsExactlyInAnyOrder(
                            Outcome.REJECTED_INVALID,
                            Outcome.COMPLETED,
                            Outcome.FAILED,
                            Outcome.EVICTED_TTL,
                            Outcome.EVICTED_CONTEXT_CANCELLED);
            assertThat(route.stateEntries()).isEqualTo(5);
            route.clock(60_000 + 200);
            assertThat(route.stateEntries()).as("records").isZero();
            assertThat(route.timers()).as("timers").isZero();
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void theDeadAreForgottenOnceTheDedupWindowHasPassed(Backend backend) throws Exception {
        OperatorSubtaskState remembered;
        OperatorSubtaskState forgotten;
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.process(RouteInput.tick(SUBTASK, new Tick(EPOCH, 0, 1, 110 + 5_000 + 60_000)));
            remembered = route.snapshot();
            route.process(RouteInput.tick(SUBTASK, new Tick(EPOCH, 0, 1, 110 + 5_000 + 60_001)));
            forgotten = route.snapshot();
        }
        assertThat(opensWithTheFirstTick(backend, remembered)).isFalse();
        assertThat(opensWithTheFirstTick(backend, forgotten)).isTrue();
    }

    /** Whether a restored router knows of no instance that it would have to wait for. */
    private static boolean opensWithTheFirstTick(Backend backend, OperatorSubtaskState snapshot)
            throws Exception {
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            route.broadcast(NOTICES.epoch(LATER_EPOCH));
            route.process(RouteInput.tick(SUBTASK, new Tick(LATER_EPOCH, 0, 1, 200)));
            route.process(RouteInput.submit(Scenario.expiring("r", 0, 10, 20), null));
            route.clock(30);
            return !route.drain(RouteFunction.SETTLED).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void everyRecordThatIsOnlyHeardOfIsForgottenAfterTheDedupWindow(Backend backend)
            throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.process(RouteInput.cancel(new RequestKey("acme", "never sent"), "bored"));
            route.process(RouteInput.adopt(run("never read"), "gpu-1"));
            route.process(RouteInput.released(release("let go", ReleaseReason.LOST, true)));
            assertThat(route.stateEntries()).isEqualTo(3);

            route.clock(60_000);
            assertThat(route.stateEntries()).as("records").isZero();
            assertThat(route.timers()).as("timers").isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aReportOlderThanTheDedupWindowIsADeadLetter(Backend backend) throws Exception {
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.clock(100_000);
            route.process(
                    RouteInput.completed(
                            new Worker("gpu-1", 1, 4).completes(run("old"), 39_999), POSITION));

            DeadLetterRecord letter = only(route.drain(SplitDecodedFunction.DEAD_LETTERS));
            assertThat(letter.position()).isEqualTo(POSITION);
            assertThat(letter.failure().stage()).isEqualTo(RouteFunction.STAGE);
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aRestoredRouterAssignsNothingUntilEveryInstanceHasAnswered(Backend backend)
            throws Exception {
        OperatorSubtaskState snapshot;
        try (var route = openWithFleet(backend, "gpu-1", "gpu-2")) {
            snapshot = route.snapshot();
        }
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            route.process(RouteInput.submit(request("ran", 0, 10), null));
            route.process(RouteInput.submit(request("new", 0, 11), null));
            route.broadcast(NOTICES.epoch(LATER_EPOCH));
            route.process(RouteInput.tick(SUBTASK, new Tick(LATER_EPOCH, 0, 2, 300)));
            route.process(RouteInput.tick(SUBTASK, new Tick(EPOCH, 1, 2, 300)));
            answer(route, "gpu-1", LATER_EPOCH);
            route.clock(500);
            assertThat(route.drain()).as("partition 1 has shown an old tick only").isEmpty();
            route.process(RouteInput.tick(SUBTASK, new Tick(LATER_EPOCH, 1, 2, 310)));
            route.clock(1_500);
            assertThat(route.drain()).as("gpu-2 has not answered").isEmpty();

            route.process(
                    RouteInput.adopt(new RunId(new RequestKey("acme", "ran"), 1, EPOCH), "gpu-2"));
            answer(route, "gpu-2", LATER_EPOCH);
            route.clock(3_000);

            assertThat(only(route.drain()).target().requestId()).isEqualTo("new");
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aReleaseOfAnEarlierEpochGoesBackToItsLane(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.process(RouteInput.submit(request("r", 0, 10), null));
            snapshot = route.snapshot();
        }
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            route.broadcast(NOTICES.epoch(LATER_EPOCH));

            route.process(RouteInput.released(release("r", ReleaseReason.EXPIRED, true)));

            LaneInput recheck = only(route.drain());
            assertThat(recheck.kind()).isEqualTo(LaneInput.Kind.RECHECK);
            assertThat(recheck.key()).isEqualTo("gpu-1");
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void aReleaseThatComesBeforeTheEpochIsKeptUntilItIsKnown(Backend backend) throws Exception {
        OperatorSubtaskState snapshot;
        try (var route = openWithFleet(backend, "gpu-1")) {
            route.process(RouteInput.submit(request("r", 0, 10), null));
            snapshot = route.snapshot();
        }
        OperatorSubtaskState waiting;
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, snapshot)) {
            route.process(RouteInput.released(release("r", ReleaseReason.EXPIRED, true)));
            route.clock(1_000);
            assertThat(route.drain()).as("nobody knows the epoch").isEmpty();
            waiting = route.snapshot();
        }
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, waiting)) {
            route.clock(1_200);
            assertThat(route.drain()).as("nor does the next attempt").isEmpty();
            route.broadcast(NOTICES.epoch(LATER_EPOCH));
            route.clock(1_400);
            assertThat(only(route.drain()).kind()).isEqualTo(LaneInput.Kind.RECHECK);
            route.clock(2_000);
            assertThat(route.drain()).as("once").isEmpty();
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void recordsAndFleetSurviveRescaling(Backend backend) throws Exception {
        OperatorSubtaskState one;
        try (var route = openWithFleet(backend, "gpu-1")) {
            for (int i = 0; i < 20; i++) {
                route.process(RouteInput.submit(request("r" + i, 0, 10), null));
            }
            one = route.snapshot();
        }
        OperatorSubtaskState[] two = new OperatorSubtaskState[2];
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var route = BroadcastHarness.restore(spec(backend), 2, subtask, one)) {
                assertThat(route.stateEntries()).isBetween(1, 19);
                two[subtask] = route.snapshot();
            }
        }
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, two)) {
            assertThat(route.stateEntries()).isEqualTo(20);
            route.broadcast(NOTICES.epoch(LATER_EPOCH));
            route.process(RouteInput.tick(SUBTASK, new Tick(LATER_EPOCH, 0, 1, 300)));
            route.process(RouteInput.submit(request("new", 0, 20), null));
            assertThat(route.drain()).as("gpu-1 is known and owes an answer").isEmpty();

            Set<String> closed = new HashSet<>();
            Worker worker = new Worker("gpu-1", 1, 4);
            for (int i = 0; i < 20; i++) {
                route.process(RouteInput.completed(worker.completes(run("r" + i), 400), POSITION));
            }
            route.drain(RouteFunction.SETTLED)
                    .forEach(settled -> closed.add(settled.key().requestId()));
            assertThat(closed).hasSize(20);
        }
    }

    @ParameterizedTest
    @EnumSource(Backend.class)
    void timersGoWithTheirRequestsOnRescaling(Backend backend) throws Exception {
        OperatorSubtaskState one;
        try (var route = openWithFleet(backend)) {
            route.clock(1_000);
            for (int i = 0; i < 20; i++) {
                route.process(RouteInput.submit(request("r" + i, 0, 900), null));
            }
            one = route.snapshot();
        }
        OperatorSubtaskState[] two = new OperatorSubtaskState[2];
        Set<RequestKey> settled = new HashSet<>();
        for (int subtask = 0; subtask < 2; subtask++) {
            try (var route = BroadcastHarness.restore(spec(backend), 2, subtask, one)) {
                String key = SubtaskOfKey.someKeyOf(subtask, 2);
                route.clock(1_500);
                route.broadcast(NOTICES.epoch(LATER_EPOCH));
                route.process(RouteInput.tick(key, new Tick(LATER_EPOCH, 0, 1, 300)));
                route.clock(40_000);
                List<SettledRequest> rejected = route.drain(RouteFunction.SETTLED);
                assertThat(rejected).hasSizeBetween(1, 19);
                rejected.forEach(outcome -> assertThat(settled.add(outcome.key())).isTrue());
                two[subtask] = route.snapshot();
            }
        }
        assertThat(settled).hasSize(20);
        try (var route = BroadcastHarness.restore(spec(backend), 1, 0, two)) {
            route.clock(40_001);
            assertThat(route.timers()).as("remembered for the dedup window").isPositive();
            route.clock(40_001 + 60_000);
            assertThat(route.timers()).as("and then forgotten").isZero();
            assertThat(route.drain(RouteFunction.SETTLED)).isEmpty();
        }
    }

    private static BroadcastHarness.Spec<RouteInput, JobNotice, LaneInput> spec(Backend backend) {
        return new BroadcastHarness.Spec<>(
                () -> new RouteFunction(Scenario.SETTINGS),
                RouteInput::key,
                Notices.STATE,
                backend);
    }

    /** A router of the first epoch, with a fleet that gathered long ago. */
    private static BroadcastHarness<RouteInput, JobNotice, LaneInput> openWithFleet(
            Backend backend, String... instances) throws Exception {
        BroadcastHarness<RouteInput, JobNotice, LaneInput> route =
                BroadcastHarness.open(spec(backend));
        route.broadcast(NOTICES.epoch(EPOCH));
        for (String instance : instances) {
            route.process(RouteInput.fleet(SUBTASK, new Worker(instance, 1, 4).registers(100)));
        }
        for (String instance : instances) {
            answer(route, instance, EPOCH);
        }
        route.process(RouteInput.tick(SUBTASK, new Tick(EPOCH, 0, 1, 120)));
        return route;
    }

    private static void answer(
            BroadcastHarness<RouteInput, JobNotice, LaneInput> route, String instance, long epoch)
            throws Exception {
        route.process(RouteInput.fleet(SUBTASK, new Worker(instance, 1, 4).answers(epoch, 1, 110)));
    }

    private static RunId run(String id) {
        return new RunId(new RequestKey("acme", id), 1, EPOCH);
    }

    private static Release release(String id, ReleaseReason reason, boolean retriable) {
        return new Release(
                new RequestKey("acme", id), 1, "gpu-1", EPOCH, reason, retriable, null, "why");
    }

    private static <T> T only(List<T> list) {
        assertThat(new ArrayList<>(list)).hasSize(1);
        return list.get(0);
    }
}
