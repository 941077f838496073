package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.kernel.RouterEffect.Held;
import io.sluice.core.model.Outcome;
import io.sluice.core.routing.Candidate;

import org.junit.jupiter.api.Test;

import static io.sluice.core.kernel.RouterFixture.CAPACITY;
import static io.sluice.core.kernel.RouterFixture.LEASE;
import static io.sluice.core.kernel.RouterFixture.SETTINGS;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.serving;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Where requests go, and what becomes of those that can go nowhere. */
final class RouterPlacementTest {

    @Test
    void workIsSharedByWhatIsOutstanding() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        for (int i = 0; i < 4; i++) {
            fixture.router.submit(null, request("r" + i).build(), null, fixture.now);
        }
        assertThat(fixture.done())
                .containsExactly(
                        "assign 1 to a", "assign 1 to b", "assign 1 to a", "assign 1 to b");
    }

    /** The decision says who chose, and why; where there was no choice, no policy has decided. */
    @Test
    void anAssignmentSaysWhy() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        assertThat(why(fixture)).isEqualTo("least-outstanding: done first by what is outstanding");
        fixture.record = null;
        fixture.forgetEffects().submit(request("r").pinnedTo("b"));
        assertThat(why(fixture)).isEqualTo("null: pinned to it");
        fixture.record = null;
        fixture.fleet.report(fixture.worker("a").draining(true));
        fixture.forgetEffects().submit(request("r"));
        assertThat(why(fixture)).isEqualTo("null: no other can take it");
    }

    private static String why(RouterFixture fixture) {
        Choice choice = fixture.all(RouterEffect.Assign.class).get(0).choice();
        return choice.policy() + ": " + choice.reason();
    }

    @Test
    void anAssignmentTellsWhoElseCouldHaveTakenItAndWhatIsPredicted() {
        RouterFixture fixture = RouterFixture.with("a", "b", "c");
        fixture.work.add("a", 400);
        fixture.work.add("b", 40);
        fixture.work.add("c", 4_000);
        fixture.submit(request("r"));

        Choice choice = fixture.all(RouterEffect.Assign.class).get(0).choice();
        assertThat(choice.considered()).isEqualTo(3);
        assertThat(choice.candidates())
                .extracting(Candidate::instanceId)
                .as("as many as the settings list, best first")
                .containsExactly("b", "a");
        Candidate best = choice.candidates().get(0);
        assertThat(best.parts().get("outstanding_ms")).isEqualTo(-10);
        assertThat(best.score())
                .isEqualTo(best.parts().values().stream().mapToDouble(part -> part).sum());
        assertThat(choice.forecast().startMillis()).isEqualTo(fixture.now + 10);
        assertThat(choice.forecast().serviceMillis()).isEqualTo(-best.parts().get("service_ms"));
    }

    @Test
    void whatIsHeldSaysForWhatOnce() {
        RouterFixture fixture = RouterFixture.with();
        fixture.submit(request("r"));
        fixture.now += 1_000;
        fixture.wakeup();
        assertThat(fixture.held)
                .singleElement()
                .satisfies(
                        held -> {
                            assertThat(held.want()).isEqualTo(Held.Want.NO_INSTANCE);
                            assertThat(held.attempt()).isZero();
                            assertThat(held.reason()).contains("no living instance serves");
                        });
    }

    @Test
    void aJobThatTakesStockSaysThatItHolds() {
        RouterFixture fixture = new RouterFixture();
        fixture.submit(request("r"));
        assertThat(fixture.held)
                .singleElement()
                .extracting(Held::want)
                .isEqualTo(Held.Want.TAKING_STOCK);
    }

    @Test
    void whatWaitsForOthersIsHeldForItsWorkflow() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.record = fixture.router.submitWaiting(null, request("r").build(), fixture.now);
        fixture.record = fixture.router.letThrough(fixture.record, 0, fixture.now);
        assertThat(fixture.held)
                .singleElement()
                .extracting(Held::want)
                .isEqualTo(Held.Want.WORKFLOW);
        assertThat(fixture.done()).containsExactly("assign 1 to a");
    }

    @Test
    void onlyWhoServesTheModelIsAsked() {
        RouterFixture fixture = new RouterFixture();
        fixture.open();
        fixture.join("a", serving(CAPACITY, "mistral"));
        fixture.join("b", serving(CAPACITY, "mistral", "llama"));
        fixture.submit(request("r").model("llama"));
        assertThat(fixture.done()).containsExactly("assign 1 to b");
    }

    @Test
    void onlyWhoCanHoldItIsAsked() {
        RouterFixture fixture = new RouterFixture();
        fixture.open();
        fixture.join("a", capacity(4, 500));
        fixture.join("b", capacity(4, 1_000));
        fixture.submit(request("r").tokens(900, 100));
        assertThat(fixture.done()).containsExactly("assign 1 to b");
    }

    @Test
    void aPinnedRequestGoesToItsInstanceOnly() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r").pinnedTo("b"));
        assertThat(fixture.done()).containsExactly("assign 1 to b");
        fixture.record = null;
        fixture.forgetEffects().submit(request("r").pinnedTo("z"));
        assertThat(fixture.effects).isEmpty();
        fixture.now += SETTINGS.noEndpointMillis();
        fixture.wakeup();
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.REJECTED_NO_ENDPOINTS);
        assertThat(fixture.outcome().message()).contains("on instance 'z'").contains("a []");
    }

    @Test
    void aRequestForAModelThatNobodyServesWaitsAndIsThenRejected() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        long start = fixture.now;
        while (fixture.effects.isEmpty()) {
            assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
            assertThat(fixture.record.wakeupMillis())
                    .isBetween(fixture.now + 20, fixture.now + 1_000);
            fixture.now = fixture.record.wakeupMillis();
            fixture.wakeup();
        }
        assertThat(fixture.now - start).isBetween(SETTINGS.noEndpointMillis(), 31_000L);
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.REJECTED_NO_ENDPOINTS);
        assertThat(fixture.outcome().message())
                .startsWith("waited ")
                .contains("no living instance serves model 'llama'");
    }

    @Test
    void itIsLookedAtSoonAtFirstAndThenMoreSeldom() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        long start = fixture.now;
        for (long wait : new long[] {20, 40, 80, 160, 320, 640, 1_280, 2_280}) {
            assertThat(fixture.record.wakeupMillis() - start).isEqualTo(wait);
            fixture.now = fixture.record.wakeupMillis();
            fixture.wakeup();
        }
    }

    @Test
    void aWakeUpThatComesTooEarlyChangesNothing() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        RouteRecord before = fixture.record;
        fixture.join("a", CAPACITY);
        fixture.now = before.wakeupMillis() - 1;
        fixture.wakeup();
        assertThat(fixture.record).isEqualTo(before);
        fixture.now++;
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("assign 1 to a");
    }

    @Test
    void timeToLiveRunsOutWhileItIsHeld() {
        RouterFixture fixture = RouterFixture.with();
        fixture.submit(request("r").expiresAt(fixture.now + 15));
        assertThat(fixture.record.wakeupMillis()).isEqualTo(fixture.now + 15);
        fixture.now += 15;
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("EvictedTTL by 0");
    }

    @Test
    void aDeadlineThatHadPassedOnArrivalIsARejection() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.submit(request("r").deadline(fixture.now - 7));
        assertThat(fixture.done()).containsExactly("RejectedDeadline by 0");
        assertThat(fixture.outcome().message()).isEqualTo("deadline passed 7 ms before it arrived");
        fixture.record = null;
        fixture.forgetEffects().submit(request("r").expiresAt(fixture.now));
        assertThat(fixture.done()).containsExactly("EvictedTTL by 0");
    }

    @Test
    void itIsTooLongOnlyIfNobodyCanHoldIt() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r").tokens(1_000, 1));
        assertThat(fixture.done()).containsExactly("RejectedTooLong by 0");
        assertThat(fixture.outcome().message())
                .isEqualTo(
                        "needs 1001 tokens (prompt 1000, output up to 1); the largest instance holds 1000");
    }

    /** The large instance may be about to register. */
    @Test
    void itIsTooLongOnlyWhenTheFleetHasGathered() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.join("b", CAPACITY);
        fixture.submit(request("r").tokens(1_000, 1));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.now += SETTINGS.fleetSettleMillis() - 1;
        fixture.wakeup();
        assertThat(fixture.effects).isEmpty();
        fixture.join("large", capacity(1, 2_000));
        fixture.now += 20;
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("assign 1 to large");
    }

    @Test
    void aFleetThatHasGatheredTurnsItAway() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.join("b", CAPACITY);
        fixture.submit(request("r").tokens(1_000, 1));
        fixture.now += SETTINGS.fleetSettleMillis();
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("RejectedTooLong by 0");
    }

    /** The dead instance may be starting again. */
    @Test
    void whatOnlyADeadInstanceCouldHoldWaitsForIt() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.join("large", capacity(1, 2_000));
        fixture.fleet.report(fixture.worker("a").heartbeat(CAPACITY, 0));
        fixture.settleFleet();
        fixture.now += LEASE - SETTINGS.fleetSettleMillis();
        fixture.fleet.report(fixture.worker("a").heartbeat(CAPACITY, 0));
        fixture.now += 1;
        fixture.tick(1);

        fixture.submit(request("r").tokens(1_000, 1));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.now += SETTINGS.noEndpointMillis();
        fixture.wakeup();
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.REJECTED_NO_ENDPOINTS);
        assertThat(fixture.outcome().message())
                .contains("only dead instances could hold it: [large]");
    }

    @Test
    void aDrainingInstanceGetsNothingButCountsAmongThoseThatCan() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.fleet.report(fixture.worker("a").draining(true));
        fixture.submit(request("r"));
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.fleet.report(fixture.worker("a").draining(false));
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("assign 1 to a");
    }

    @Test
    void theDeadGetNothing() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        fixture.now += LEASE - SETTINGS.fleetSettleMillis();
        fixture.fleet.report(fixture.worker("b").heartbeat(CAPACITY, 0));
        fixture.now += 1;
        fixture.tick(1);
        fixture.submit(request("r"));
        assertThat(fixture.done()).containsExactly("assign 1 to b");
    }
}
