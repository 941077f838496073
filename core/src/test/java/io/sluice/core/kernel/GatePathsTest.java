package io.sluice.core.kernel;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.kernel.GateFixture.graded;
import static io.sluice.core.kernel.GateFixture.on;
import static io.sluice.core.kernel.GateFixture.orElseReplan;
import static io.sluice.core.kernel.GateFixture.orElseRun;
import static org.assertj.core.api.Assertions.assertThat;

/** How long the chains are that wait for a request, when it is let through and from then on. */
class GatePathsTest {

    private final GateFixture gate = new GateFixture();

    private List<GateEffect> pathsTold() {
        List<GateEffect> told =
                gate.effects.stream().filter(GateEffect.PathChanged.class::isInstance).toList();
        gate.effects.clear();
        return told;
    }

    private static GateEffect path(String id, long millis) {
        return new GateEffect.PathChanged(id, millis);
    }

    @Test
    void theCriticalPathIsTheLongestChainBelow() {
        gate.arrive("a")
                .arrive("b", 0, 10, on("a"))
                .arrive("c", 0, 70, on("a"))
                .arrive("d", 0, 100, on("b"), on("c"))
                .done();
        gate.arrive("e", 0, 5, on("d")).done();
        gate.complete("a");
        assertThat(gate.effects)
                .containsExactly(
                        new GateEffect.LetThrough("b", 105), new GateEffect.LetThrough("c", 105));
    }

    @Test
    void theCriticalPathOfALateOneIsKnownOnArrival() {
        gate.arrive("b", 0, 30, on("a")).done();
        gate.arrive("a");
        assertThat(gate.effects).containsExactly(new GateEffect.Submit("a", false, null, 0, 30));
    }

    @Test
    void eachStepOfAChainThatComesLateLengthensThePathOfTheFirst() {
        gate.arrive("a").done();
        assertThat(gate.arrive("b", 0, 30, on("a")).done())
                .containsExactly("b waits", "a has path 30");
        assertThat(gate.arrive("c", 0, 40, on("b")).done())
                .containsExactly("c waits", "a has path 70");
        assertThat(gate.arrive("d", 0, 5, on("c")).done())
                .containsExactly("d waits", "a has path 75");
        gate.complete("a");
        assertThat(gate.effects).containsExactly(new GateEffect.LetThrough("b", 45));
    }

    @Test
    void onlyALongerChainIsTold() {
        gate.arrive("a").arrive("b", 0, 30, on("a")).done();
        gate.arrive("c", 0, 30, on("a")).arrive("d", 0, 10, on("a"));
        assertThat(pathsTold()).isEmpty();
        gate.arrive("e", 0, 20, on("d"));
        assertThat(pathsTold()).isEmpty();
        gate.arrive("f", 0, 1, on("e"));
        assertThat(pathsTold()).containsExactly(path("a", 31));
    }

    @Test
    void aJoinThatComesLateLengthensThePathsOfAllThatItWaitsFor() {
        gate.arrive("a").arrive("b").arrive("c", 0, 10, on("b")).arrive("gone").complete("gone");
        gate.done();
        gate.arrive("j", 0, 50, on("a"), on("c"), on("gone"));
        assertThat(pathsTold()).containsExactly(path("a", 50), path("b", 60));
        gate.arrive("k", 0, 7, on("j"), on("b"));
        assertThat(pathsTold()).containsExactly(path("a", 57), path("b", 67));
    }

    /** The one in the middle was named before it was submitted, so a chain waits for it already. */
    @Test
    void aChainThatIsClosedInTheMiddleCountsAsAWhole() {
        gate.arrive("a").arrive("c", 0, 40, on("b")).done();
        gate.arrive("b", 0, 30, on("a"));
        assertThat(pathsTold()).containsExactly(path("a", 70));
    }

    @Test
    void thePathIsShorterWhenTheLongestChainGoes() {
        gate.arrive("a").arrive("b", 0, 30, on("a")).arrive("c", 0, 40, on("b"));
        gate.arrive("d", 0, 50, on("a")).done();
        gate.fail("c", "EvictedContextCancelled");
        assertThat(pathsTold()).containsExactly(path("a", 50));
        gate.fail("b", "EvictedTTL");
        assertThat(pathsTold()).isEmpty();
        gate.fail("d", "EvictedTTL");
        assertThat(pathsTold()).containsExactly(path("a", 0));
    }

    @Test
    void aFailureElsewhereTakesItsJoinFromThePath() {
        gate.arrive("a").arrive("b").arrive("j", 0, 50, on("a"), on("b"));
        gate.arrive("k", 0, 7, on("j")).done();
        gate.fail("b", "Failed");
        assertThat(gate.done())
                .containsExactly(
                        "j refused predecessor-failed",
                        "k refused predecessor-failed",
                        "a has path 0");
    }

    @Test
    void whoReplansLengthensWhatItWaitsForInstead() {
        gate.arrive("a").arrive("b", 0, 30, on("a")).arrive("c", 0, 40, orElseReplan("b")).done();
        gate.fail("b", "EvictedTTL");
        assertThat(pathsTold()).containsExactly(path("a", 40));
    }

    @Test
    void aRunThatARestoredGateFindsToHaveEndedWaitsForNobody() {
        gate.arrive("a").arrive("b", 0, 30, on("a")).done();
        gate.complete("b");
        assertThat(pathsTold()).containsExactly(path("a", 0));
    }

    @Test
    void whoGaveUpWaitingForAnUnknownOneIsNotInItsPath() {
        gate.arrive("other", on("a")).pass(GateFixture.WAIT - 1);
        gate.arrive("b", 0, 30, orElseRun("a")).arrive("c", 0, 20, orElseRun("a"));
        gate.pass(1).done();
        assertThat(gate.store.get("a").criticalPathMillis()).isEqualTo(30);
        gate.pass(GateFixture.WAIT).done();
        assertThat(gate.store.get("b").phase()).isEqualTo(GateNode.Phase.PASSED);
        gate.arrive("a");
        assertThat(gate.effects).contains(new GateEffect.Submit("a", false, null, 0, 0));
    }

    @Test
    void aRefusedArrivalLengthensNothing() {
        gate.arrive("a").arrive("b", 0, 1, on("a")).arrive("c", 0, 1, on("a"));
        gate.arrive("d", 0, 1, on("a")).arrive("x").done();
        assertThat(gate.arrive("e", 0, 900, on("x"), on("a")).done())
                .containsExactly("e refused too-many-dependants");
        assertThat(gate.arrive("f", 0, 900, on("x"), on("f")).done())
                .containsExactly("f refused dependency-cycle");
    }

    @Test
    void whatHasEndedIsNotTold() {
        gate.arrive("a").complete("a").done();
        assertThat(gate.arrive("b", on("a")).done()).containsExactly("b runs");
    }

    @Test
    void aGradedEdgeIsNoChain() {
        gate.arrive("a", 3, 1).done();
        assertThat(gate.arrive("b", 0, 30, graded("a", 1)).done()).containsExactly("b runs");
    }

    @Test
    void aRepeatTellsNothing() {
        gate.arrive("a").arrive("b", 0, 30, on("a")).done();
        assertThat(gate.arrive("b", 0, 900, on("a")).done()).containsExactly("b waits");
    }
}
