package io.sluice.core.kernel;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
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
