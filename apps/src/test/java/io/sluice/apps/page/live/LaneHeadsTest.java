package io.sluice.apps.page.live;

import io.sluice.apps.page.live.HeadsView.Certainty;
import io.sluice.apps.page.live.HeadsView.Entry;
import io.sluice.apps.page.live.HeadsView.LaneHead;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Who goes next in a lane: the order that its policy gives to what decisions tell, and its pace.
 */
class LaneHeadsTest {

    private static final long NOW = 1_800_000_000_000L;

    private final LiveModel model = new LiveModel();

    private static Decision.Builder decision(DecisionKind kind, String request, long at) {
        return Records.decision(kind, request, "gpu-1").setDecidedAt(Instant.ofEpochMilli(at));
    }

    private void route(String request, int priority, long submittedAt, double serviceMillis) {
        model.decision(
                decision(DecisionKind.ROUTE, request, submittedAt + 100)
                        .setQueueWaitMs(100L)
                        .setPriority(priority)
                        .setPredictedServiceMs(serviceMillis)
                        .build());
    }

    private void dispatch(String policy, String words, int left, long at) {
        model.decision(
                decision(DecisionKind.DISPATCH, "gone" + at, at)
                        .setPolicy(policy)
                        .setReason(words)
                        .setQueueLength(left)
                        .build());
    }

    private LaneHead head() {
        List<LaneHead> lanes = model.snapshot(NOW).heads().lanes();
        assertThat(lanes).hasSize(1);
        return lanes.get(0);
    }

    private List<String> order() {
        return head().entries().stream().map(Entry::request).toList();
    }

    private void three() {
        route("late-urgent", 4, NOW - 5_000, 900);
        route("early-batch", 0, NOW - 20_000, 500);
        route("short-batch", 0, NOW - 10_000, 100);
    }

    @Test
    void anOrderByWhatDecisionsTellIsThePolicysOwn() {
        three();
        assertThat(order()).containsExactly("early-batch", "short-batch", "late-urgent");
        assertThat(head().certainty()).isEqualTo(Certainty.ARRIVAL);

        dispatch("priority", "class P0, by submission", 3, NOW - 4_000);
        assertThat(order()).containsExactly("late-urgent", "early-batch", "short-batch");
        assertThat(head().certainty()).isEqualTo(Certainty.KEYS);
        assertThat(head().entries().get(0).words()).isEqualTo("class P0, by submission");

        dispatch("semantic", "", 3, NOW - 3_000);
        assertThat(order()).containsExactly("late-urgent", "short-batch", "early-batch");

        dispatch("sjf", "", 3, NOW - 2_000);
        assertThat(order()).containsExactly("short-batch", "early-batch", "late-urgent");

        // P4 counts as submitted 8 s later than it was: 4 fifths of 10 s.
        dispatch("priority:max-overtake=10s", "", 3, NOW - 1_000);
        assertThat(order()).containsExactly("early-batch", "late-urgent", "short-batch");
    }

    @Test
    void anOrderByWhatNoDecisionTellsIsShownBySubmissionAndSaysSo() {
        three();
        dispatch("edf", "", 3, NOW);
        assertThat(head().certainty()).isEqualTo(Certainty.ARRIVAL);
        assertThat(head().policy()).isEqualTo("edf");
        assertThat(order()).containsExactly("early-batch", "short-batch", "late-urgent");

        dispatch("priority:of-another=version", "", 3, NOW);
        assertThat(head().certainty()).isEqualTo(Certainty.ARRIVAL);
    }

    @Test
    void turnsOfTenantsAreSaid() {
        three();
        dispatch("fcfs", "turn of tenant acme by vtc; by submission", 3, NOW);
        assertThat(head().certainty()).isEqualTo(Certainty.TURNS);
        assertThat(head().lastWords()).startsWith("turn of tenant acme");
    }

    @Test
    void theStartIsThePlaceTimesTheMeanTimeBetweenDispatches() {
        three();
        dispatch("fcfs", "", 3, NOW - 6_000);
        dispatch("fcfs", "", 3, NOW - 5_000);
        assertThat(head().intervalMillis()).as("two say nothing").isNull();
        assertThat(head().entries().get(0).startMillis()).isNull();

        dispatch("fcfs", "", 3, NOW - 2_000);
        // Three dispatches make two intervals, and the last goes on until now.
        assertThat(head().intervalMillis()).isEqualTo(3_000, within(1e-9));
        assertThat(head().entries())
                .extracting(Entry::startMillis)
                .containsExactly(NOW + 3_000, NOW + 6_000, NOW + 9_000);
        assertThat(model.snapshot(NOW + 600_000).heads().lanes().get(0).intervalMillis()).isNull();
    }

    @Test
    void whoLeavesIsNotInTheQueueHoweverItLeaves() {
        for (String request : List.of("a", "b", "c", "d", "e")) {
            route(request, 0, NOW, 1);
        }
        model.decision(decision(DecisionKind.DISPATCH, "a", NOW).build());
        model.decision(decision(DecisionKind.RELEASE, "b", NOW).build());
        model.decision(decision(DecisionKind.END, "c", NOW).build());
        model.outcome(Records.outcome("d", Outcome.Failed), NOW);
        assertThat(order()).containsExactly("e");
    }

    /** The lane that let it go and the router that assigned it anew write apart. */
    @Test
    void aReleaseThatIsReadLateTakesNothingFromTheNextLane() {
        model.decision(decision(DecisionKind.ROUTE, "a", NOW).setAttempt(2).build());
        model.decision(decision(DecisionKind.RELEASE, "a", NOW - 5).setInstanceId("gpu-0").build());
        assertThat(order()).containsExactly("a");

        model.decision(decision(DecisionKind.RELEASE, "a", NOW).setAttempt(2).build());
        assertThat(model.snapshot(NOW).heads().lanes()).isEmpty();
    }

    @Test
    void aLaterJobTakesItAwayWhateverTheAttempt() {
        model.decision(decision(DecisionKind.ROUTE, "a", NOW).setAttempt(2).build());
        model.decision(decision(DecisionKind.DISPATCH, "a", NOW).setEpoch(2).build());
        assertThat(model.snapshot(NOW).heads().lanes()).isEmpty();
    }

    @Test
    void theRouterKeepsWhatItHoldsUntilItIsAssignedOrClosed() {
        for (String request : List.of("a", "b", "c")) {
            model.decision(
                    decision(DecisionKind.HOLD, request, NOW)
                            .setInstanceId(null)
                            .setReason("no instance would take it")
                            .build());
        }
        route("a", 0, NOW, 1);
        model.decision(decision(DecisionKind.REJECT, "b", NOW).build());

        HeadsView seen = model.snapshot(NOW).heads();
        assertThat(seen.held()).isEqualTo(1);
        assertThat(seen.keeps()).extracting(Entry::request).containsExactly("c");
        assertThat(seen.keeps().get(0).words()).isEqualTo("no instance would take it");
        assertThat(order()).containsExactly("a");
    }

    @Test
    void longQueuesAndManyLanesAreAScreenfulAndNumbers() {
        for (int lane = 0; lane < LaneQueues.MOST_HEADS + 3; lane++) {
            for (int i = 0; i <= 30 + lane; i++) {
                model.decision(
                        Records.decision(
                                        DecisionKind.ROUTE, "r%d-%d".formatted(lane, i), "l" + lane)
                                .build());
            }
        }

        HeadsView seen = model.snapshot(NOW).heads();
        assertThat(seen.lanes()).hasSize(LaneQueues.MOST_HEADS);
        assertThat(seen.otherLanes()).isEqualTo(3);
        assertThat(seen.lanes().get(0).instance()).isEqualTo("l10");
        assertThat(seen.lanes().get(0).waiting()).isEqualTo(41);
        assertThat(seen.lanes()).allMatch(head -> head.entries().size() == 5);

        HeadsView one = model.snapshot(NOW, new Selection("", "", "", "l10")).heads();
        assertThat(one.lanes()).hasSize(1);
        assertThat(one.lanes().get(0).entries()).hasSize(LaneQueues.MOST_ENTRIES_OF_ONE);
    }

    @Test
    void aSelectionKeepsThePlaces() {
        three();
        HeadsView seen = model.snapshot(NOW, new Selection("", "P0", "", "")).heads();
        assertThat(seen.lanes().get(0).entries()).hasSize(1);
        assertThat(seen.lanes().get(0).entries().get(0).position()).isEqualTo(3);
        assertThat(model.snapshot(NOW, new Selection("", "P1", "", "")).heads().lanes()).isEmpty();
    }
}
