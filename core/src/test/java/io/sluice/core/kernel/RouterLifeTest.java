package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.SettledRequest;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static io.sluice.core.kernel.RouterFixture.EPOCH;
import static io.sluice.core.kernel.RouterFixture.SETTINGS;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The life of a request in one job attempt: every way to an outcome, and only one. */
final class RouterLifeTest {

    @Test
    void aRequestIsAssignedOnce() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.submit(request("r").priority(4));
        assertThat(fixture.done()).containsExactly("assign 1 to a", "drop DUPLICATE_REQUEST");
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
        assertThat(fixture.record.request().priority()).isZero();
    }

    @Test
    void aRepeatAfterTheOutcomeIsDropped() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.complete("r", 1, "a");
        fixture.forgetEffects().submit(request("r"));
        assertThat(fixture.done()).containsExactly("drop DUPLICATE_REQUEST");
    }

    @Test
    void aVerdictCloses() {
        RouterFixture fixture = RouterFixture.with("a");
        Verdict verdict = new Verdict(Outcome.REJECTED_INVALID, "model is missing");
        fixture.record = fixture.router.submit(null, request("r").build(), verdict, fixture.now);
        assertThat(fixture.outcome())
                .isEqualTo(
                        new SettledRequest(
                                key("r"),
                                Outcome.REJECTED_INVALID,
                                0,
                                null,
                                null,
                                fixture.now,
                                null,
                                "model is missing",
                                RequestFacts.of(request("r").build()),
                                null,
                                null));
        assertThat(fixture.record.phase()).isEqualTo(Phase.CLOSED);
    }

    /** A bad duplicate cannot close the running original. */
    @Test
    void aVerdictOnARepeatIsDropped() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        Verdict verdict = new Verdict(Outcome.REJECTED_INVALID, "model is missing");
        fixture.record =
                fixture.router.submit(fixture.record, request("r").build(), verdict, fixture.now);
        assertThat(fixture.done()).containsExactly("drop DUPLICATE_REQUEST");
        assertThat(fixture.record.phase()).isEqualTo(Phase.ASSIGNED);
    }

    @Test
    void completionClosesWithWhatTheWorkerMeasured() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.complete("r", 1, "a");
        SettledRequest outcome = fixture.outcome();
        assertThat(outcome.outcome()).isEqualTo(Outcome.COMPLETED);
        assertThat(outcome.attempt()).isEqualTo(1);
        assertThat(outcome.instanceId()).isEqualTo("a");
        assertThat(outcome.incarnation()).isEqualTo(1);
        assertThat(outcome.settledAtMillis()).isEqualTo(fixture.now);
        assertThat(outcome.measures()).isNotNull();
        assertThat(outcome.facts().policy()).isEqualTo("fcfs");
        assertThat(fixture.work.millisOn("a")).isZero();
        fixture.forgetEffects().complete("r", 1, "a");
        assertThat(fixture.done()).containsExactly("drop ALREADY_CLOSED");
    }

    @Test
    void aCancelThatComesBeforeItsRequestWaitsForIt() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.cancel("r", "gone");
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.phase()).isEqualTo(Phase.AWAITED);
        fixture.submit(request("r"));
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 0");
        assertThat(fixture.outcome().message()).isEqualTo("gone");
    }

    @Test
    void aCancelWithoutRequestIsForgottenAfterTheWindow() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.cancel("r", "gone");
        fixture.now += SETTINGS.dedupWindowMillis() - 1;
        fixture.wakeup();
        assertThat(fixture.record).isNotNull();
        fixture.now += 1;
        fixture.wakeup();
        assertThat(fixture.record).isNull();
    }

    @Test
    void aCancelOfWhatIsHeldClosesAtOnce() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.cancel("r", "gone");
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 0");
    }

    @Test
    void aCancelOfWhatIsAssignedGoesToItsLane() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        fixture.cancel("r", "gone");
        assertThat(fixture.effects)
                .containsExactly(new RouterEffect.CancelAt("a", key("r"), 1, "gone"));
        fixture.release("r", 1, "a", ReleaseReason.CANCELLED);
        assertThat(fixture.done()).containsExactly("cancel 1 at a", "EvictedContextCancelled by 1");
        fixture.forgetEffects().cancel("r", "again");
        assertThat(fixture.done()).containsExactly("drop ALREADY_CLOSED");
    }

    /** The lane had let go of it before the cancel reached it. */
    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"DRAINING", "LOST", "FAILED", "GIVEN_BACK"})
    void aCancelOfWhatIsBeingReleasedHolds(ReleaseReason reason) {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.cancel("r", "gone");
        fixture.forgetEffects().release("r", 1, "a", reason);
        assertThat(fixture.done()).containsExactly("EvictedContextCancelled by 1");
        assertThat(fixture.outcome().message()).isEqualTo("gone");
    }

    @Test
    void aRunThatIsCancelledTooLateCompletes() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.cancel("r", "gone");
        fixture.forgetEffects().complete("r", 1, "a");
        assertThat(fixture.done()).containsExactly("Completed by 1");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED, EvictedTTL",
        "CANCELLED, EvictedContextCancelled",
        "EVICTED_PRIORITY, EvictedPriority",
        "REJECTED_CAPACITY, RejectedCapacity",
        "REJECTED_DEADLINE, RejectedDeadline"
    })
    void someReleasesClose(ReleaseReason reason, String outcome) {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.forgetEffects().release("r", 1, "a", reason);
        assertThat(fixture.done()).containsExactly(outcome + " by 1");
        assertThat(fixture.outcome().instanceId()).isEqualTo("a");
        assertThat(fixture.outcome().message()).isEqualTo("m");
        assertThat(fixture.outcome().code()).isEqualTo("c");
        assertThat(fixture.work.millisOn("a")).isZero();
    }

    /** However often it moves, nothing has failed. */
    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"DRAINING", "INSTANCE_DEAD", "GIVEN_BACK", "REJECTED_TOO_LONG"})
    void someReleasesMoveWithoutCountingAsFailure(ReleaseReason reason) {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        String at = "a";
        for (int attempt = 1; attempt <= 5; attempt++) {
            fixture.forgetEffects().release("r", attempt, at, reason);
            at = at.equals("a") ? "b" : "a";
            assertThat(fixture.done())
                    .containsExactly("assign %d to %s".formatted(attempt + 1, at));
            assertThat(fixture.record.failures()).isZero();
        }
        assertThat(fixture.work.millisOn("a")).isZero();
        assertThat(fixture.work.millisOn("b")).isPositive();
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"REFUSED", "LOST", "FAILED"})
    void failuresAreRetriedElsewhereSoOften(ReleaseReason reason) {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.release("r", 1, "a", reason);
        fixture.release("r", 2, "b", reason);
        fixture.release("r", 3, "a", reason);
        assertThat(fixture.done())
                .containsExactly("assign 1 to a", "assign 2 to b", "assign 3 to a", "Failed by 3");
        assertThat(fixture.outcome().message()).isEqualTo("attempt 3 failed on a (3 failures): m");
        assertThat(fixture.outcome().code()).isEqualTo("c");
        assertThat(fixture.outcome().instanceId()).isEqualTo("a");
    }

    @Test
    void movesBetweenFailuresDoNotUseUpRetries() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.release("r", 1, "a", ReleaseReason.FAILED);
        fixture.release("r", 2, "a", ReleaseReason.GIVEN_BACK);
        fixture.release("r", 3, "a", ReleaseReason.FAILED);
        fixture.release("r", 4, "a", ReleaseReason.DRAINING);
        assertThat(fixture.record.attempt()).isEqualTo(5);
        assertThat(fixture.record.failures()).isEqualTo(2);
        fixture.forgetEffects().release("r", 5, "a", ReleaseReason.LOST);
        assertThat(fixture.done()).containsExactly("Failed by 5");
    }

    @Test
    void aFailureThatNoRetryCanMendCloses() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.release(
                new Release(
                        key("r"), 1, "a", EPOCH, ReleaseReason.FAILED, false, "bad_prompt", null));
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(fixture.outcome().code()).isEqualTo("bad_prompt");
        assertThat(fixture.outcome().message())
                .contains("attempt 1 failed on a")
                .contains("FAILED");
    }

    @Test
    void whatFailedOnTheOnlyInstanceIsTriedThereAgain() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.forgetEffects().release("r", 1, "a", ReleaseReason.FAILED);
        assertThat(fixture.done()).containsExactly("assign 2 to a");
    }

    @Test
    void onlyTheReleaseOfTheLatestAssignmentCounts() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.release("r", 1, "a", ReleaseReason.LOST);
        fixture.forgetEffects();
        fixture.release("r", 1, "a", ReleaseReason.LOST);
        fixture.release("r", 2, "a", ReleaseReason.LOST);
        fixture.release("r", 1, "b", ReleaseReason.CANCELLED);
        assertThat(fixture.done())
                .containsExactly("drop STALE_RELEASE", "drop STALE_RELEASE", "drop STALE_RELEASE");
        assertThat(fixture.record.attempt()).isEqualTo(2);
        fixture.complete("r", 2, "b");
        fixture.forgetEffects().release("r", 2, "b", ReleaseReason.LOST);
        fixture.release("r", 3, "b", ReleaseReason.LOST);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE", "drop STALE_RELEASE");
    }

    @Test
    void aReleaseOfWhatIsHeldIsStale() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.fleet.report(fixture.worker("a").draining(true));
        fixture.release("r", 1, "a", ReleaseReason.DRAINING);
        assertThat(fixture.record.phase()).isEqualTo(Phase.HELD);
        fixture.forgetEffects().release("r", 1, "a", ReleaseReason.DRAINING);
        assertThat(fixture.done()).containsExactly("drop STALE_RELEASE");
    }

    @Test
    void anEarlierAttemptThatCompletesClosesAndCancelsTheLaterOne() {
        RouterFixture fixture = RouterFixture.with("a", "b").submit(request("r"));
        fixture.release("r", 1, "a", ReleaseReason.LOST);
        fixture.forgetEffects().complete("r", 1, "a");
        assertThat(fixture.done()).containsExactly("cancel 2 at b", "Completed by 1");
        assertThat(fixture.outcome().instanceId()).isEqualTo("a");
        assertThat(fixture.work.millisOn("b")).isZero();
    }

    @Test
    void anotherPriorityGoesToTheLaneAndStaysForLaterAttempts() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r")).forgetEffects();
        fixture.record = fixture.router.reprioritise(fixture.record, key("r"), 3);
        assertThat(fixture.done()).containsExactly("priority 3, path 0 of 1 at a");
        fixture.forgetEffects().release("r", 1, "a", ReleaseReason.LOST);
        assertThat(fixture.all(RouterEffect.Assign.class).get(0).request().priority()).isEqualTo(3);
    }

    @Test
    void anotherPriorityOfWhatIsHeldIsKept() {
        RouterFixture fixture = RouterFixture.with().submit(request("r"));
        fixture.record = fixture.router.reprioritise(fixture.record, key("r"), 3);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.record.request().priority()).isEqualTo(3);
    }

    @Test
    void anotherPriorityOfWhatIsNotKnownOrClosedIsDropped() {
        RouterFixture fixture = RouterFixture.with("a");
        assertThat(fixture.router.reprioritise(null, key("r"), 3)).isNull();
        fixture.submit(request("r")).complete("r", 1, "a");
        RouteRecord closed = fixture.record;
        fixture.forgetEffects();
        assertThat(fixture.router.reprioritise(closed, key("r"), 3)).isEqualTo(closed);
        assertThat(fixture.done()).containsExactly("drop UNKNOWN_TARGET");
    }

    @Test
    void aClosedRequestIsForgottenAfterTheWindow() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r"));
        fixture.complete("r", 1, "a");
        assertThat(fixture.record.request()).isNull();
        assertThat(fixture.record.wakeupMillis())
                .isEqualTo(fixture.now + SETTINGS.dedupWindowMillis());
        fixture.now += SETTINGS.dedupWindowMillis() - 1;
        fixture.wakeup();
        assertThat(fixture.record).isNotNull();
        fixture.now += 1;
        fixture.wakeup();
        assertThat(fixture.record).isNull();
    }

    @Test
    void whatIsAssignedWaitsForItsLaneHoweverLong() {
        RouterFixture fixture = RouterFixture.with("a").submit(request("r").deadline(2_000_000));
        RouteRecord assigned = fixture.record;
        fixture.now = 9_000_000_000L;
        fixture.wakeup();
        assertThat(fixture.record).isEqualTo(assigned);
    }

    @Test
    void settingsNameWhatIsWrong() {
        assertThatThrownBy(() -> new RouterSettings(0, 1, 1, 1, 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0 attempts");
    }

    @ParameterizedTest
    @EnumSource(ReleaseReason.class)
    void aReasonHasAnOutcomeIfItCloses(ReleaseReason reason) {
        assertThat(reason.outcome() != null).isEqualTo(reason.kind() == ReleaseReason.Kind.CLOSE);
    }
}
