package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.testing.RequestBuilder;

import org.junit.jupiter.api.Test;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests that the gate keeps back. */
class RouterGateTest {

    private static final Verdict REFUSED =
            new Verdict(Outcome.REJECTED_DEPENDENCY, "predecessor-failed", "'a' ended", true);

    private final RouterFixture router = RouterFixture.with("gpu-1");

    private void submitWaiting(RequestBuilder request) {
        PendingRequest built = request.build();
        router.record = router.router.submitWaiting(router.record, built, router.now);
    }

    private void letThrough(long criticalPathMillis) {
        router.record = router.router.letThrough(router.record, criticalPathMillis, router.now);
    }

    private void refuse() {
        router.record = router.router.refuse(router.record, REFUSED, router.now);
    }

    @Test
    void aWaitingRequestIsAssignedWhenItIsLetThrough() {
        submitWaiting(request("b"));
        router.wakeup();
        assertThat(router.done()).isEmpty();
        letThrough(42);
        assertThat(router.all(RouterEffect.Assign.class))
                .singleElement()
                .satisfies(it -> assertThat(it.request().criticalPathMillis()).isEqualTo(42));
    }

    @Test
    void aRefusedOneIsClosedWithTheReasonAndItsWait() {
        submitWaiting(request("b").submittedAt(router.now));
        router.now += 70;
        refuse();
        assertThat(router.outcome().outcome()).isEqualTo(Outcome.REJECTED_DEPENDENCY);
        assertThat(router.outcome().code()).isEqualTo("predecessor-failed");
        assertThat(router.outcome().message()).isEqualTo("'a' ended");
        assertThat(router.outcome().waitedMillis()).isEqualTo(70);
    }

    @Test
    void aRepeatWhileItWaitsIsDropped() {
        submitWaiting(request("b"));
        router.submit(request("b"));
        assertThat(router.done()).containsExactly("drop DUPLICATE_REQUEST");
    }

    @Test
    void aWaitingRequestCanBeCancelled() {
        submitWaiting(request("b"));
        router.cancel("b", "changed my mind");
        assertThat(router.outcome().outcome()).isEqualTo(Outcome.EVICTED_CONTEXT_CANCELLED);
    }

    @Test
    void aWaitingRequestExpires() {
        submitWaiting(request("b").submittedAt(router.now).expiresAt(router.now + 500));
        assertThat(router.record.wakeupMillis()).isEqualTo(router.now + 500);
        router.now += 500;
        router.wakeup();
        assertThat(router.outcome().outcome()).isEqualTo(Outcome.EVICTED_TTL);
        letThrough(0);
        refuse();
        assertThat(router.done()).containsExactly("EvictedTTL by 0");
    }

    @Test
    void itsPriorityCanBeRaisedWhileItWaits() {
        submitWaiting(request("b").priority(0));
        router.record = router.router.reprioritise(router.record, RequestBuilder.key("b"), 3);
        letThrough(0);
        assertThat(router.all(RouterEffect.Assign.class))
                .singleElement()
                .satisfies(it -> assertThat(it.request().priority()).isEqualTo(3));
    }

    private void pathChanged(long criticalPathMillis) {
        router.record = router.router.pathChanged(router.record, criticalPathMillis);
    }

    @Test
    void anotherPathGoesToTheLaneAndStaysForLaterAttempts() {
        router.submit(request("a").priority(2)).forgetEffects();
        pathChanged(70);
        assertThat(router.done()).containsExactly("priority 2, path 70 of 1 at gpu-1");
        router.forgetEffects().release("a", 1, "gpu-1", ReleaseReason.LOST);
        assertThat(router.all(RouterEffect.Assign.class))
                .singleElement()
                .satisfies(it -> assertThat(it.request().criticalPathMillis()).isEqualTo(70));
        pathChanged(30);
        assertThat(router.done()).endsWith("priority 2, path 30 of 2 at gpu-1");
    }

    /** What it knows of one thing is passed on with the other. */
    @Test
    void anotherPriorityLeavesThePathAndAnotherPathThePriority() {
        router.submit(request("a").priority(0)).forgetEffects();
        pathChanged(70);
        router.record = router.router.reprioritise(router.record, RequestBuilder.key("a"), 3);
        pathChanged(90);
        assertThat(router.done())
                .containsExactly(
                        "priority 0, path 70 of 1 at gpu-1",
                        "priority 3, path 70 of 1 at gpu-1",
                        "priority 3, path 90 of 1 at gpu-1");
    }

    @Test
    void anotherPathOfWhatNoInstanceHasTakenYetIsKept() {
        RouterFixture nowhere = RouterFixture.with().submit(request("a"));
        nowhere.record = nowhere.router.pathChanged(nowhere.record, 70);
        assertThat(nowhere.effects).isEmpty();
        nowhere.join("gpu-1", RouterFixture.CAPACITY);
        nowhere.now = nowhere.record.wakeupMillis();
        nowhere.wakeup();
        assertThat(nowhere.all(RouterEffect.Assign.class))
                .singleElement()
                .satisfies(it -> assertThat(it.request().criticalPathMillis()).isEqualTo(70));
    }

    /** The gate hears of an end later than the router. */
    @Test
    void anotherPathOfWhatHasEndedChangesNothing() {
        router.submit(request("a")).complete("a", 1, "gpu-1");
        RouteRecord closed = router.record;
        router.forgetEffects();
        pathChanged(70);
        assertThat(router.record).isEqualTo(closed);
        router.record = null;
        pathChanged(70);
        assertThat(router.record).isNull();
        assertThat(router.done()).isEmpty();
    }

    @Test
    void whatTheGateDoesNotHoldItNeitherReleasesNorRefuses() {
        router.submit(request("b"));
        router.forgetEffects();
        letThrough(1);
        refuse();
        assertThat(router.done()).isEmpty();
        router.record = null;
        letThrough(1);
        refuse();
        assertThat(router.record).isNull();
    }

    @Test
    void aVerdictOfTheMomentIsNotBelievedBeforeTheFleetIsOpen() {
        RouterFixture restored = new RouterFixture();
        PendingRequest b = request("b").build();
        restored.record = restored.router.submitWaiting(null, b, restored.now);
        restored.record = restored.router.refuse(restored.record, REFUSED, restored.now);
        assertThat(restored.done()).isEmpty();
        restored.open();
        restored.now = restored.record.wakeupMillis();
        restored.wakeup();
        assertThat(restored.done()).containsExactly("RejectedDependency by 0");
    }

    @Test
    void aVerdictOfTheMomentOnArrivalIsNotBelievedThenEither() {
        RouterFixture restored = new RouterFixture();
        PendingRequest b = request("b").build();
        restored.record = restored.router.submit(null, b, REFUSED, restored.now);
        assertThat(restored.done()).isEmpty();
        restored.adopt("b", 1, "gpu-1");
        restored.open();
        restored.wakeup();
        restored.complete("b", 1, "gpu-1");
        assertThat(restored.done()).containsExactly("Completed by 1");
    }

    @Test
    void aRunFoundAtAWorkerNeedsNoGate() {
        router.adopt("b", 1, "gpu-1");
        submitWaiting(request("b"));
        refuse();
        letThrough(0);
        router.complete("b", 1, "gpu-1");
        assertThat(router.done()).containsExactly("Completed by 1");
    }
}
