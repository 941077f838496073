package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.routing.OutstandingWork;

import org.junit.jupiter.api.Test;

import static io.sluice.core.kernel.RouterFixture.CAPACITY;
import static io.sluice.core.kernel.RouterFixture.EPOCH;
import static io.sluice.core.kernel.RouterFixture.SETTINGS;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A router that has been taken back in time, while the workers went on. */
final class RouterRestoreTest {

    @Test
    void aRolledBackReleaseGoesBackToItsLane() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        fixture.release("r", 1, "a", ReleaseReason.LOST, EPOCH - 1);
        assertThat(fixture.done()).containsExactly("recheck 1 at a");
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        fixture.forgetEffects().release("r", 2, "b", ReleaseReason.LOST, EPOCH - 1);
        fixture.record = null;
        fixture.release("r", 1, "a", ReleaseReason.LOST, EPOCH - 1);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE", "drop STALE_RELEASE");
        assertThat(fixture.record).isNull();
    }

    /** It may be of this attempt, of the restored one, or of one that left no checkpoint. */
    @Test
    void aReleaseThatComesBeforeTheEpochIsReadAgainLater() {
        RouterFixture fixture = new RouterFixture();
        fixture.join("a", CAPACITY);
        fixture.submit(request("r")).adopt("r", 1, "a");
        RouteRecord before = fixture.record;
        for (long epoch : new long[] {EPOCH - 1, EPOCH}) {
            fixture.release("r", 1, "a", ReleaseReason.REJECTED_CAPACITY, epoch);
        }
        assertThat(fixture.done())
                .containsExactly("postpone 1 of epoch 6", "postpone 1 of epoch 7");
        assertThat(fixture.record).isEqualTo(before);
        fixture.forgetEffects().fleet.startEpoch(EPOCH);
        fixture.release("r", 1, "a", ReleaseReason.REJECTED_CAPACITY, EPOCH - 1);
        fixture.release("r", 1, "a", ReleaseReason.REJECTED_CAPACITY, EPOCH);
        assertThat(fixture.done()).containsExactly("recheck 1 at a", "RejectedCapacity by 1");
    }

    @Test
    void aCompletionThatIsReadBeforeItsRequestClosesIt() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.complete("r", 2, "a");
        assertThat(fixture.done()).containsExactly("Completed by 2");
        assertThat(fixture.outcome().facts()).isNotNull();
        fixture.forgetEffects().submit(request("r"));
        fixture.adopt("r", 2, "a");
        assertThat(fixture.done()).containsExactly("drop DUPLICATE_REQUEST", "cancel 2 at a");
    }

    @Test
    void aCompletionOfWhatIsHeldClosesIt() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        fixture.complete("r", 1, "a");
        assertThat(fixture.done()).containsExactly("Completed by 1");
    }

    @Test
    void aLaterAttemptThatCompletesClosesAndCancelsTheOneThatIsKnown() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        fixture.complete("r", 2, "b");
        assertThat(fixture.done()).containsExactly("cancel 1 at a", "Completed by 2");
    }

    @Test
    void aCompletionOlderThanTheWindowIsTooLate() {
        RouterFixture fixture = RouterFixture.with("a");
        var report = fixture.completion("r", 1, "a");
        fixture.now += SETTINGS.dedupWindowMillis() + 1;
        assertThat(fixture.router.completed(null, report, fixture.now)).isNull();
        assertThat(fixture.effects).containsExactly(new RouterEffect.TooLate(report));
    }

    @Test
    void aCompletionWithinTheWindowIsNot() {
        RouterFixture fixture = RouterFixture.with("a");
        var report = fixture.completion("r", 1, "a");
        fixture.now += SETTINGS.dedupWindowMillis();
        fixture.record = fixture.router.completed(null, report, fixture.now);
        assertThat(fixture.done()).containsExactly("Completed by 1");
    }

    @Test
    void whatAWorkerHoldsStaysWhereItIs() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        fixture.adopt("r", 2, "b");
        assertThat(fixture.record.phase()).isEqualTo(Phase.AWAITED);
        fixture.submit(request("r"));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        assertThat(fixture.record.attempt()).isEqualTo(2);
        assertThat(fixture.work.millisOn("b")).isEqualTo(110);
        fixture.release("r", 2, "b", ReleaseReason.FAILED);
        assertThat(fixture.done()).containsExactly("assign 3 to a");
    }

    @Test
    void whatIsHeldHereAndRunsThereIsAdopted() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        fixture.join("a", CAPACITY);
        fixture.adopt("r", 1, "a");
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        assertThat(fixture.record.instanceId()).isEqualTo("a");
        assertThat(fixture.record.wakeupMillis()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void aLaterAttemptElsewhereTakesThePlaceOfTheOneThatIsKnown() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        fixture.adopt("r", 2, "b");
        assertThat(fixture.done()).containsExactly("cancel 1 at a");
        assertThat(fixture.record.instanceId()).isEqualTo("b");
        assertThat(fixture.record.attempt()).isEqualTo(2);
        assertThat(fixture.work.millisOn("a")).isZero();
        assertThat(fixture.work.millisOn("b")).isPositive();
    }

    @Test
    void whatIsKnownAlreadyChangesNothing() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        RouteRecord before = fixture.record;
        fixture.adopt("r", 1, "a");
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record).isEqualTo(before);
    }

    @Test
    void anEarlierAttemptIsCancelledWhereItRuns() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.release("r", 1, "a", ReleaseReason.LOST);
        fixture.forgetEffects().adopt("r", 1, "a");
        assertThat(fixture.done()).containsExactly("cancel 1 at a");
        assertThat(fixture.record.attempt()).isEqualTo(2);
    }

    @Test
    void whatIsClosedIsCancelledWhereItRuns() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.complete("r", 1, "a");
        fixture.forgetEffects().adopt("r", 2, "a");
        assertThat(fixture.done()).containsExactly("cancel 2 at a");
        assertThat(fixture.record.phase()).isEqualTo(Phase.CLOSED);
    }

    @Test
    void whatIsToBeCancelledIsCancelledWhereItTurnsUp() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.cancel("r", "gone");
        fixture.adopt("r", 1, "a");
        assertThat(fixture.done()).containsExactly("cancel 1 at a");
        fixture.forgetEffects().release("r", 1, "a", ReleaseReason.CANCELLED);
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 1");
        fixture.forgetEffects().submit(request("r"));
        assertThat(fixture.done()).containsExactly("drop DUPLICATE_REQUEST");
    }

    @Test
    void anAdoptedRunThatFailsBeforeItsRequestIsReadIsTriedAgainThen() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        fixture.adopt("r", 1, "a");
        fixture.release("r", 1, "a", ReleaseReason.FAILED);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.AWAITED);
        fixture.submit(request("r"));
        assertThat(fixture.done()).containsExactly("assign 2 to b");
        assertThat(fixture.record.failures()).isEqualTo(1);
    }

    /** Both come from one record of the log, by different ways. */
    @Test
    void aReleaseThatOvertakesTheAdoptionIsBelieved() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        fixture.release("r", 1, "a", ReleaseReason.FAILED);
        fixture.adopt("r", 1, "a");
        assertThat(fixture.done()).containsExactly("cancel 1 at a");
        assertThat(fixture.record.instanceId()).isNull();
        fixture.forgetEffects().submit(request("r"));
        assertThat(fixture.done()).containsExactly("assign 2 to b");
    }

    @Test
    void aReleaseOfALaterAttemptThatOvertakesTheAdoptionIsBelieved() {
        RouterFixture fixture = RouterFixture.with("a", "b", "c").submit(request("r"));
        fixture.forgetEffects().release("r", 2, "b", ReleaseReason.LOST);
        assertThat(fixture.done()).containsExactly("cancel 1 at a", "assign 3 to a");
        fixture.forgetEffects().adopt("r", 2, "b");
        assertThat(fixture.done()).containsExactly("cancel 2 at b");
        assertThat(fixture.record.attempt()).isEqualTo(3);
    }

    @Test
    void anAttemptThatIsOverIsNotAdopted() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.fleet.report(fixture.worker("a").draining(true));
        fixture.release("r", 1, "a", ReleaseReason.FAILED);
        fixture.forgetEffects().adopt("r", 1, "a");
        assertThat(fixture.done()).containsExactly("cancel 1 at a");
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
    }

    @Test
    void workIsCountedAgainFromTheRecords() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        RouterFixture restored = RouterFixture.with("a");
        restored.router.recount(fixture.record);
        assertThat(restored.work.millisOn("a")).isEqualTo(110);
        fixture.complete("r", 1, "a");
        OutstandingWork before = restored.work;
        restored.router.recount(fixture.record);
        assertThat(before.millisOn("a")).isEqualTo(110);
    }

    @Test
    void nothingIsAssignedOrExpiresUntilTheFleetIsKnown() {
        RouterFixture fixture = new RouterFixture();
        fixture.fleet.startEpoch(EPOCH);
        fixture.submit(request("r").deadline(fixture.now - 1));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        assertThat(fixture.record.wakeupMillis()).isGreaterThan(fixture.now);

        fixture.join("a", CAPACITY);
        fixture.adopt("r", 1, "a");
        fixture.tick(EPOCH);
        fixture.now += 60_000;
        fixture.wakeup();
        assertThat(fixture.effects).isEmpty();
        fixture.complete("r", 1, "a");
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.COMPLETED);
    }

    @Test
    void whatNobodyHoldsExpiresWhenTheFleetIsKnown() {
        RouterFixture fixture = new RouterFixture();
        fixture.fleet.startEpoch(EPOCH);
        fixture.submit(request("r").submittedAt(fixture.now).deadline(fixture.now + 10));
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.effects).isEmpty();
        fixture.tick(EPOCH);
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("EvictedTTL by 0");
        assertThat(fixture.outcome().key()).isEqualTo(key("r"));
    }
}
