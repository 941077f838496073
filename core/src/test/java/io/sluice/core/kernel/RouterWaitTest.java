package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.testing.RequestBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.sluice.core.kernel.RouterFixture.SETTINGS;
import static org.assertj.core.api.Assertions.assertThat;

/** What an outcome says of a request that did not complete: its length, and how long it waited. */
final class RouterWaitTest {

    private static final long LATER = 700;

    private static RequestBuilder request(RouterFixture fixture) {
        return RequestBuilder.request("r").submittedAt(fixture.now).tokens(123, 10);
    }

    private static RouterFixture assigned(String... instances) {
        RouterFixture fixture = RouterFixture.with(instances);
        fixture.submit(request(fixture));
        fixture.now += LATER;
        return fixture;
    }

    private static void assertWaited(SettledRequest outcome, long millis) {
        assertThat(outcome.queueWaitMillis()).isEqualTo(millis);
        assertThat(outcome.facts().inputTokens()).isEqualTo(123);
    }

    private static void assertNoWait(SettledRequest outcome) {
        assertThat(outcome.queueWaitMillis()).isNull();
        assertThat(outcome.facts().inputTokens()).isEqualTo(123);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"EXPIRED", "CANCELLED", "EVICTED_PRIORITY"})
    void whatLeavesAQueueHasWaitedUntilThen(ReleaseReason reason) {
        RouterFixture fixture = assigned("a");
        fixture.release("r", 1, "a", reason);
        assertWaited(fixture.outcome(), LATER);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"STOPPED", "REJECTED_CAPACITY", "REJECTED_DEADLINE"})
    void whatRanOrWasNotTakenInHasNoWait(ReleaseReason reason) {
        RouterFixture fixture = assigned("a");
        fixture.release("r", 1, "a", reason);
        assertNoWait(fixture.outcome());
    }

    @Test
    void whatHasFailedHasNoWait() {
        RouterFixture fixture = assigned("a");
        for (int attempt = 1; attempt <= SETTINGS.maxAttempts(); attempt++) {
            fixture.release("r", attempt, "a", ReleaseReason.FAILED);
        }
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.FAILED);
        assertNoWait(fixture.outcome());
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"DRAINING", "INSTANCE_DEAD"})
    void whatIsCancelledWhileItsLaneLetsGoOfItHasWaited(ReleaseReason reason) {
        RouterFixture fixture = assigned("a", "b");
        fixture.cancel("r", "gone");
        fixture.release("r", 1, "a", reason);
        assertWaited(fixture.outcome(), LATER);
    }

    @ParameterizedTest
    @EnumSource(
            value = ReleaseReason.class,
            names = {"GIVEN_BACK", "LOST", "FAILED", "REFUSED"})
    void whatIsCancelledAfterItWasSentHasNoWait(ReleaseReason reason) {
        RouterFixture fixture = assigned("a", "b");
        fixture.cancel("r", "gone");
        fixture.release("r", 1, "a", reason);
        assertNoWait(fixture.outcome());
    }

    @Test
    void whatExpiresBeforeAnInstanceTakesItHasWaited() {
        RouterFixture fixture = RouterFixture.with();
        fixture.submit(request(fixture).expiresAt(fixture.now + LATER));
        fixture.now += LATER;
        fixture.wakeup();
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.EVICTED_TTL);
        assertWaited(fixture.outcome(), LATER);
    }

    @Test
    void whatIsCancelledBeforeAnInstanceTakesItHasWaited() {
        RouterFixture fixture = assigned();
        fixture.cancel("r", "gone");
        assertWaited(fixture.outcome(), LATER);
    }

    @Test
    void whatWaitsInVainForAnInstanceHasWaited() {
        RouterFixture fixture = assigned();
        fixture.now += SETTINGS.noEndpointMillis();
        fixture.wakeup();
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.REJECTED_NO_ENDPOINTS);
        assertWaited(fixture.outcome(), LATER + SETTINGS.noEndpointMillis());
    }

    @Test
    void whatIsRefusedAtOnceHasNoWait() {
        RouterFixture fixture = RouterFixture.with("a");
        Verdict verdict = new Verdict(Outcome.REJECTED_INVALID, "model is missing");
        fixture.record =
                fixture.router.submit(null, request(fixture).build(), verdict, fixture.now + 5);
        assertNoWait(fixture.outcome());
    }

    @Test
    void whatHadNoTimeLeftOnArrivalHasNoWait() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.submit(request(fixture).deadline(fixture.now - 1));
        assertThat(fixture.outcome().outcome()).isEqualTo(Outcome.REJECTED_DEADLINE);
        assertNoWait(fixture.outcome());
    }

    @Test
    void aBrokerWhoseClockIsAheadMakesNoWaitNegative() {
        RouterFixture fixture = assigned("a");
        fixture.now -= 2 * LATER;
        fixture.release("r", 1, "a", ReleaseReason.EXPIRED);
        assertWaited(fixture.outcome(), 0);
    }

    @Test
    void whatCompletedHasWaitedAsLongAsItsWorkerSays() {
        RouterFixture fixture = assigned("a");
        fixture.complete("r", 1, "a");
        SettledRequest outcome = fixture.outcome();
        assertThat(outcome.queueWaitMillis()).isEqualTo(outcome.measures().queueWaitMillis());
    }

    /** A request that is known only through its run. */
    @Test
    void whatWasNeverReadHasNeitherLengthNorWait() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.adopt("r", 1, "a");
        fixture.release("r", 1, "a", ReleaseReason.EXPIRED);
        fixture.now = fixture.record.wakeupMillis();
        fixture.wakeup();
        assertThat(fixture.outcome().facts()).isNull();
        assertThat(fixture.outcome().queueWaitMillis()).isNull();
    }

    /** When it was let go is not known any more by then. */
    @Test
    void whatIsReadAfterItsEndHasNoWait() {
        RouterFixture fixture = RouterFixture.with("a");
        fixture.adopt("r", 1, "a");
        fixture.release("r", 1, "a", ReleaseReason.EXPIRED);
        fixture.submit(RequestBuilder.request("r"));
        assertThat(fixture.outcome().facts()).isNotNull();
        assertThat(fixture.outcome().queueWaitMillis()).isNull();
    }
}
