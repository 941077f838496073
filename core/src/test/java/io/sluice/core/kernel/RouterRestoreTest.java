package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RunId;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.testing.WorkerLog;

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
        fixture.fleet.startEpoch(EPOCH + 1);
        fixture.release("r", 1, "a", ReleaseReason.EXPIRED, EPOCH);
        assertThat(fixture.done()).containsExactly("recheck 1 at a");
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        fixture.forgetEffects().release("r", 2, "b", ReleaseReason.EXPIRED, EPOCH);
        fixture.record = null;
        fixture.release("r", 1, "a", ReleaseReason.EXPIRED, EPOCH);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE", "drop STALE_RELEASE");
        assertThat(fixture.record).isNull();
    }

    /** It may be of this attempt, of the restored one, or of one that left no checkpoint. */
    @Test
    void aReleaseThatComesBeforeTheEpochIsReadAgainLater() {
        RouterFixture fixture = new RouterFixture();
        fixture.join("a", CAPACITY);
        RunId found = WorkerLog.run(key("r"), 1, EPOCH - 1);
        fixture.submit(request("r"));
        fixture.record = fixture.router.adopt(fixture.record, found, "a", fixture.now);
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
        assertThat(fixture.effects).isEmpty();
        fixture.submit(request("r"));
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 1");
    }

    /** Those who wait for it in its workflow hear of its end by that. */
    @Test
    void anEndThatIsKnownBeforeTheRequestIsReadNamesWhatItWas() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.adopt("r", 2, "a");
        fixture.release("r", 2, "a", ReleaseReason.STOPPED);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.ENDED);
        fixture.now += 5_000;
        fixture.submit(request("r").workflow("w"));
        SettledRequest outcome = fixture.outcome();
        assertThat(outcome.outcome()).isEqualTo(Outcome.EVICTED_CONTEXT_CANCELLED);
        assertThat(outcome.attempt()).isEqualTo(2);
        assertThat(outcome.instanceId()).isEqualTo("a");
        assertThat(outcome.message()).isEqualTo("m");
        assertThat(outcome.settledAtMillis()).isEqualTo(fixture.now);
        assertThat(outcome.facts().tags().workflowId()).isEqualTo("w");
        fixture.forgetEffects().submit(request("r").workflow("w"));
        assertThat(fixture.done()).containsExactly("drop DUPLICATE_REQUEST");
    }

    @Test
    void failuresThatAreTooManyCloseARequestOnceItIsRead() {
        RouterFixture fixture = RouterFixture.with("a");
        for (int attempt = 1; attempt <= SETTINGS.maxAttempts(); attempt++) {
            fixture.adopt("r", attempt, "a");
            fixture.release("r", attempt, "a", ReleaseReason.FAILED);
        }
        assertThat(fixture.effects).isEmpty();
        fixture.submit(request("r").workflow("w"));
        assertThat(fixture.done()).containsExactly("Failed by 3");
        assertThat(fixture.outcome().message()).contains("attempt 3 failed on a (3 failures): m");
        assertThat(fixture.outcome().facts().tags().workflowId()).isEqualTo("w");
    }

    @Test
    void nothingChangesAnEndThatIsKnown() {
        RouterFixture fixture = RouterFixture.with("a", "b");
        fixture.adopt("r", 2, "a");
        fixture.release("r", 2, "a", ReleaseReason.STOPPED);
        RouteRecord ended = fixture.record;
        fixture.release("r", 2, "a", ReleaseReason.FAILED);
        fixture.release("r", 3, "b", ReleaseReason.LOST);
        fixture.cancel("r", "not wanted");
        fixture.adopt("r", 3, "b");
        fixture.complete("r", 1, "b");
        fixture.record = fixture.router.letThrough(fixture.record, 0, fixture.now);
        assertThat(fixture.done())
                .containsExactly(
                        "drop STALE_RELEASE",
                        "drop STALE_RELEASE",
                        "drop ALREADY_CLOSED",
                        "cancel 3 at b",
                        "drop ALREADY_CLOSED");
        assertThat(fixture.record).isEqualTo(ended);
    }

    @Test
    void anEndOfWhatIsNeverReadIsToldAfterTheWindow() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.adopt("r", 1, "a");
        fixture.release("r", 1, "a", ReleaseReason.STOPPED);
        fixture.now += SETTINGS.dedupWindowMillis() - 1;
        fixture.wakeup();
        assertThat(fixture.effects).isEmpty();
        fixture.now++;
        fixture.wakeup();
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 1");
        assertThat(fixture.outcome().facts()).isNull();
        assertThat(fixture.outcome().instanceId()).isEqualTo("a");
        assertThat(fixture.record.phase()).isEqualTo(Phase.CLOSED);
        fixture.now += SETTINGS.dedupWindowMillis();
        fixture.wakeup();
        assertThat(fixture.record).isNull();
    }

    /** A bad repeat, or a dependency that has failed by now, does not unmake the run. */
    @Test
    void anEndThatIsKnownOutweighsAVerdict() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.adopt("r", 1, "a");
        fixture.release("r", 1, "a", ReleaseReason.STOPPED);
        Verdict bad = new Verdict(Outcome.REJECTED_INVALID, "makes no sense");
        fixture.record =
                fixture.router.submit(fixture.record, request("r").build(), bad, fixture.now);
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 1");
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

    /** A lane has released the first attempt 1, the restored router has assigned another. */
    @Test
    void aReleaseFromBeforeTheAssignmentIsOfAnother() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        fixture.fleet.startEpoch(EPOCH + 1);
        fixture.release("r", 1, "a", ReleaseReason.REJECTED_CAPACITY, EPOCH - 1);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE");
        fixture.forgetEffects().release("r", 1, "a", ReleaseReason.REJECTED_CAPACITY, EPOCH);
        assertThat(fixture.done()).containsExactly("recheck 1 at a");
    }

    /** The lane keeps that another run took the place, and is over; the router has lost both. */
    @Test
    void aReleaseOfALaterRunThatIsNotKnownAnyMoreIsChecked() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        fixture.fleet.startEpoch(EPOCH + 1);
        RouteRecord before = fixture.record;
        fixture.release("r", 2, "a", ReleaseReason.LOST, EPOCH);
        assertThat(fixture.done()).containsExactly("recheck 1 at a");
        assertThat(fixture.record).isEqualTo(before);
    }

    @Test
    void aReleaseThatIsRolledBackAndOfNothingHereIsStale() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r")).forgetEffects();
        fixture.fleet.startEpoch(EPOCH + 1);
        fixture.release("r", 2, "b", ReleaseReason.LOST, EPOCH);
        fixture.release("r", 2, "a", ReleaseReason.EXPIRED, EPOCH);
        fixture.record = null;
        fixture.release("r", 1, "a", ReleaseReason.FAILED, EPOCH);
        assertThat(fixture.done())
                .containsExactly("drop STALE_RELEASE", "drop STALE_RELEASE", "drop STALE_RELEASE");
        assertThat(fixture.record).isNull();
    }
}
