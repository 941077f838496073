package io.sluice.core.kernel;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.OnFailure;
import io.sluice.core.model.Outcome;

import org.junit.jupiter.api.Test;

import java.util.stream.IntStream;

import static io.sluice.core.kernel.GateFixture.graded;
import static io.sluice.core.kernel.GateFixture.on;
import static io.sluice.core.kernel.GateFixture.orElseReplan;
import static io.sluice.core.kernel.GateFixture.orElseRun;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WorkflowGateTest {

    private final GateFixture gate = new GateFixture();

    @Test
    void aRequestThatNamesNobodyRunsAtOnce() {
        assertThat(gate.arrive("a").done()).containsExactly("a runs");
    }

    @Test
    void aJoinRunsWhenTheLastOfItsPredecessorsHasCompleted() {
        gate.arrive("a").arrive("b", on("a")).arrive("c", on("a")).arrive("d", on("b"), on("c"));
        assertThat(gate.done())
                .containsExactly(
                        "a runs",
                        "b waits",
                        "a has path 100",
                        "c waits",
                        "d waits",
                        "a has path 200");
        assertThat(gate.complete("a").done()).containsExactly("b may run", "c may run");
        assertThat(gate.complete("b").done()).isEmpty();
        assertThat(gate.complete("c").done()).containsExactly("d may run");
    }

    @Test
    void aPredecessorThatHasCompletedHoldsNobodyBack() {
        gate.arrive("a").complete("a").done();
        assertThat(gate.arrive("b", on("a")).done()).containsExactly("b runs");
    }

    @Test
    void aPredecessorMayArriveLate() {
        gate.arrive("b", on("a")).pass(GateFixture.WAIT - 1).arrive("a");
        assertThat(gate.done()).containsExactly("b waits", "a runs");
        assertThat(gate.pass(10 * GateFixture.WAIT).done()).isEmpty();
        assertThat(gate.complete("a").done()).containsExactly("b may run");
    }

    @Test
    void aPredecessorWhoseEndIsReadBeforeItselfCounts() {
        gate.complete("a").arrive("b", on("a"));
        assertThat(gate.done()).containsExactly("b runs");
    }

    @Test
    void anUnknownPredecessorIsWaitedForOnlySoLong() {
        gate.arrive("b", on("a")).arrive("c", on("b")).arrive("d", orElseRun("a"));
        gate.done();
        assertThat(gate.pass(GateFixture.WAIT - 1).done()).isEmpty();
        assertThat(gate.pass(1).done())
                .containsExactly(
                        "b refused predecessor-unknown",
                        "c refused predecessor-unknown",
                        "d may run");
    }

    @Test
    void allThatFollowAFailureAreRefusedInOneStep() {
        gate.arrive("a").arrive("b", on("a")).arrive("c", on("b")).arrive("d", on("c")).done();
        gate.fail("a", "EvictedTTL");
        assertThat(gate.effects)
                .hasSize(3)
                .contains(
                        new GateEffect.Refuse(
                                "d",
                                new Verdict(
                                        Outcome.REJECTED_DEPENDENCY,
                                        "predecessor-failed",
                                        "it waits for 'c': 'a' ended as EvictedTTL",
                                        true)));
    }

    @Test
    void whoComesAfterTheFailureIsRefusedOnArrival() {
        gate.arrive("a").fail("a", "Failed").done();
        assertThat(gate.arrive("b", on("a")).done())
                .containsExactly("b refused predecessor-failed");
        assertThat(gate.arrive("c", on("b")).done())
                .containsExactly("c refused predecessor-failed");
    }

    @Test
    void anEdgeMayReleaseInsteadOfFailing() {
        gate.arrive("a").arrive("b", on("a")).arrive("c", orElseRun("b")).done();
        assertThat(gate.fail("a", "Failed").done())
                .containsExactly("b refused predecessor-failed", "c may run");
    }

    @Test
    void replanningWaitsForWhatTheFailedOneWaitedFor() {
        gate.arrive("a").arrive("b", on("a")).arrive("c", orElseReplan("b")).done();
        assertThat(gate.fail("b", "EvictedContextCancelled").done())
                .containsExactly("a has path 100");
        assertThat(gate.complete("a").done()).containsExactly("c may run");
    }

    /** Its own edge to the one lets go of it, but not what it takes over from the other. */
    @Test
    void whatIsTakenOverHoldsEvenWhereItsOwnEdgeToThatDoesNot() {
        gate.arrive("x").arrive("y").arrive("b", orElseRun("y"), on("x")).arrive("c", on("b"));
        gate.arrive("d", orElseRun("b"), orElseReplan("c")).done();
        assertThat(gate.fail("x", "Failed").done())
                .containsExactly(
                        "b refused predecessor-failed",
                        "c refused predecessor-failed",
                        "y has path 100");
        assertThat(gate.complete("y").done()).containsExactly("d may run");
    }

    @Test
    void replanningAfterAFailedRunReleases() {
        gate.arrive("a").arrive("b", orElseReplan("a")).done();
        assertThat(gate.fail("a", "Failed").done()).containsExactly("b may run");
    }

    @Test
    void theArrivalThatClosesACycleNamesIt() {
        gate.arrive("a", on("c")).arrive("b", on("a")).done();
        gate.arrive("c", on("b"));
        assertThat(gate.effects.get(0))
                .isEqualTo(
                        new GateEffect.Submit(
                                "c",
                                false,
                                new Verdict(
                                        Outcome.REJECTED_DEPENDENCY,
                                        "dependency-cycle",
                                        "it waits for 'b': 'c' waits for 'b', which waits for 'a', which waits for 'c'",
                                        true),
                                0,
                                0));
        assertThat(gate.done())
                .containsExactly(
                        "c refused dependency-cycle",
                        "a refused dependency-cycle",
                        "b refused dependency-cycle");
    }

    @Test
    void aRequestCannotWaitForItself() {
        assertThat(gate.arrive("a", on("a")).done()).containsExactly("a refused dependency-cycle");
    }

    @Test
    void aLongCycleIsNamedInPart() {
        IntStream.range(0, 20).forEach(i -> gate.arrive("r" + i, on("r" + (i + 1) % 20)));
        GateEffect.Submit closing =
                gate.effects.stream()
                        .map(GateEffect.Submit.class::cast)
                        .filter(submit -> submit.verdict() != null)
                        .findFirst()
                        .orElseThrow();
        assertThat(closing.requestId()).isEqualTo("r19");
        assertThat(closing.verdict().message()).endsWith("'r4' and so on, 20 requests in all");
    }

    @Test
    void aCycleThatReplanningClosesIsFound() {
        gate.arrive("p", on("q")).arrive("d", orElseReplan("p")).arrive("q", orElseReplan("d"));
        assertThat(gate.done())
                .containsExactly(
                        "p waits",
                        "d waits",
                        "q refused dependency-cycle",
                        "p refused dependency-cycle",
                        "d refused dependency-cycle");
    }

    @Test
    void aRepeatChangesNothing() {
        gate.arrive("a").arrive("b", on("a")).arrive("b", on("a")).done();
        assertThat(gate.arrive("b", on("x")).done()).containsExactly("b waits");
        assertThat(gate.complete("a").done()).containsExactly("b may run");
        assertThat(gate.complete("a").fail("a", "Failed").arrive("b").done())
                .containsExactly("b runs");
    }

    @Test
    void ofTwoEdgesToOneRequestTheStricterHolds() {
        gate.arrive("a").arrive("b", orElseRun("a"), on("a"), graded("a", 2)).done();
        assertThat(gate.fail("a", "Failed").done()).containsExactly("b refused predecessor-failed");
    }

    @Test
    void aGradedEdgeRaisesAndDoesNotHold() {
        gate.arrive("a", 0, 1).arrive("b", 0, 1, graded("a", 1)).done();
        assertThat(gate.arrive("c", 1, 1, graded("b", 1)).done())
                .containsExactly("b raised to 2", "a raised to 3", "c runs");
        assertThat(gate.arrive("d", 9, 1, graded("a", 1)).done())
                .containsExactly("a raised to 4", "d runs");
    }

    @Test
    void urgencyIsKeptForWhoeverArrivesLate() {
        gate.arrive("b", 1, 1, graded("a", 1)).done();
        gate.arrive("a", 0, 1);
        assertThat(gate.effects).containsExactly(new GateEffect.Submit("a", false, null, 2, 0));
    }

    @Test
    void aGradedCycleIsHarmless() {
        gate.arrive("a", 0, 1, graded("b", 1)).arrive("b", 0, 1, graded("a", 1));
        assertThat(gate.done()).first().isEqualTo("a runs");
        assertThat(gate.store.get("a").priority()).isEqualTo(4);
    }

    @Test
    void noMoreThanSoManyWaitForOne() {
        gate.arrive("a").arrive("b", on("a")).arrive("c", on("a")).arrive("d", on("a")).done();
        assertThat(gate.arrive("e", on("a")).done())
                .containsExactly("e refused too-many-dependants");
        gate.fail("c", "EvictedTTL").done();
        assertThat(gate.arrive("f", on("a")).done()).containsExactly("f waits");
    }

    @Test
    void whatHasEndedIsForgottenInTime() {
        gate.arrive("a").arrive("b", on("a")).complete("a").complete("b");
        gate.pass(GateFixture.REMEMBER - 1);
        assertThat(gate.store.size()).isEqualTo(2);
        gate.pass(GateFixture.REMEMBER / 32);
        assertThat(gate.store.size()).isZero();
    }

    @Test
    void whatNobodySubmitsIsForgottenToo() {
        gate.arrive("b", on("a"), graded("x", 1)).pass(3 * GateFixture.WAIT);
        gate.complete("b").pass(2 * GateFixture.REMEMBER);
        assertThat(gate.store.size()).isZero();
    }

    @Test
    void whoIsNeverHeardOfAgainIsLost() {
        gate.arrive("a").arrive("b", on("a")).done();
        assertThat(gate.pass(700_000).done()).containsExactly("b refused predecessor-lost");
        gate.pass(2 * GateFixture.REMEMBER);
        assertThat(gate.store.size()).isZero();
    }

    @Test
    void anEndOfLongAgoIsNotTakenDown() {
        gate.gate.ended(gate.store, "a", null, gate.now - GateFixture.REMEMBER - 1, gate.now);
        assertThat(gate.store.size()).isZero();
    }

    @Test
    void negativeGradesAreRefused() {
        assertThatThrownBy(() -> new Dependency("a", -1, OnFailure.FAIL))
                .hasMessageContaining("must not be negative");
        assertThatThrownBy(() -> new GateSettings(0, 1, 1, 1))
                .hasMessageContaining("must be positive");
    }
}
