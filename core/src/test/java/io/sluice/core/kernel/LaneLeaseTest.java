package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static io.sluice.core.kernel.LaneFixture.EPOCH;
import static io.sluice.core.kernel.LaneFixture.LANE;
import static io.sluice.core.kernel.LaneFixture.held;
import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.onPartition;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Time in a lane: expiry, leases, incarnations, requests that nobody comes for, wake-ups. */
final class LaneLeaseTest {

    private static final InstanceCapacity ONE = capacity(1, 1_000);
    private static final long LEASE = 5_000;

    private LaneFixture fixture;
    private WorkerLog worker;
    private long start;

    /** A lane in step, with "a" and "b" at the worker and "c" waiting. */
    @BeforeEach
    void busyLane() {
        fixture = LaneFixture.of("fcfs").started();
        start = fixture.now;
        worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("a"));
        fixture.assign(request("b"));
        fixture.assign(request("c"));
        fixture.forgetEffects();
    }

    private void logReaches(long millis) {
        fixture.logMillis.put(0, millis);
        fixture.wakeup();
    }

    @Test
    void aWorkerIsDeadWhenItsLogHasGoneOnForLongerThanTheLease() {
        logReaches(start + LEASE);
        assertThat(fixture.released()).isEmpty();
        logReaches(start + LEASE + 1);
        assertThat(fixture.released()).containsExactly("a LOST", "b LOST", "c INSTANCE_DEAD");
        assertThat(fixture.releases().get(0).message()).contains("5000 ms");
        assertThat(fixture.store.size()).isZero();
    }

    /** A lagging or restored job kills nobody. */
    @Test
    void timeThatPassesOutsideTheLogKillsNobody() {
        fixture.now += 100 * LEASE;
        fixture.wakeup();
        fixture.logMillis.put(1, start + 100 * LEASE);
        fixture.wakeup();
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.isForgettable()).isFalse();
    }

    @Test
    void aHeartbeatRenewsTheLease() {
        fixture.report(worker.at(start + 4_000).heartbeat(ONE, 0, held("a", 1), held("b", 1)));
        logReaches(start + 4_000 + LEASE);
        assertThat(fixture.released()).isEmpty();
        logReaches(start + 4_000 + LEASE + 1);
        assertThat(fixture.released()).hasSize(3);
    }

    @Test
    void otherReportsDoNot() {
        fixture.report(worker.at(start + 4_000).accepted(run("a")));
        logReaches(start + LEASE + 1);
        assertThat(fixture.released()).hasSize(3);
    }

    /** Whether the lane looked at the clock in between makes no difference. */
    @Test
    void aHeartbeatThatComesTooLateFindsTheWorkerDead() {
        fixture.report(worker.at(start + LEASE + 1).heartbeat(ONE, 0, held("a", 1)));
        assertThat(fixture.released()).containsExactly("a LOST", "b LOST", "c INSTANCE_DEAD");
        assertThat(fixture.all(LaneEffect.Fence.class)).hasSize(1);
    }

    /** The object may be rebuilt at every wake-up; what it measures must not start anew. */
    @Test
    void aLaneThatIsRebuiltAtEveryTouchStillNotices() {
        fixture.logMillis.put(0, start + LEASE + 1);
        fixture.rebuild().started();
        fixture.wakeup();
        assertThat(fixture.released()).hasSize(3);
    }

    @Test
    void theDeadAreFencedAndNotRevived() {
        logReaches(start + LEASE + 1);
        fixture.forgetEffects();
        fixture.report(worker.at(start + LEASE + 2).completed(run("a")));
        assertThat(fixture.effects).isEmpty();
        fixture.report(worker.heartbeat(ONE, 0, held("b", 1)));
        assertThat(fixture.effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        LaneEffect.Fence.class,
                        fence -> {
                            assertThat(fence.address().incarnation()).isEqualTo(1);
                            assertThat(fence.address().epoch()).isEqualTo(EPOCH);
                        });
        fixture.rebuild().started();
        fixture.assign(request("d"));
        assertThat(fixture.released()).containsExactly("d INSTANCE_DEAD");
    }

    @Test
    void theDeadAndTheUnknownCannotBeDrained() {
        fixture.lane.drain("elsewhere", true, fixture.now);
        logReaches(start + LEASE + 1);
        fixture.lane.drain(LANE, false, fixture.now);
        assertThat(fixture.all(LaneEffect.NobodyToDrain.class))
                .containsExactly(
                        new LaneEffect.NobodyToDrain("elsewhere", true),
                        new LaneEffect.NobodyToDrain(LANE, false));
        assertThat(fixture.all(LaneEffect.DrainWorker.class)).isEmpty();
    }

    /** So that a late word of its worker finds it dead, and then so that state does not grow. */
    @Test
    void theDeadAreRememberedForAWhileOfLogTimeAndThenForgotten() {
        long forget = fixture.settings.forgetMillis();
        logReaches(start + LEASE + 1);
        assertThat(fixture.lane.isForgettable()).isFalse();
        fixture.rebuild().started();
        fixture.now = fixture.lane.nextWakeupMillis();
        assertThat(fixture.now).isGreaterThan(start + LEASE);
        logReaches(start + LEASE + forget);
        assertThat(fixture.lane.isForgettable()).isFalse();
        assertThat(fixture.lane.nextWakeupMillis())
                .isBetween(fixture.now + 1, fixture.now + 2 * fixture.settings.leaseCheckMillis());

        logReaches(start + LEASE + forget + 1);
        assertThat(fixture.lane.isForgettable()).isTrue();
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(PendingRequest.NEVER);
        assertThat(fixture.lane.state().instances()).isEmpty();
    }

    @Test
    void timeThatPassesOutsideTheLogForgetsNobody() {
        logReaches(start + LEASE + 1);
        fixture.now += 10 * fixture.settings.forgetMillis();
        fixture.rebuild().started();
        fixture.logMillis.clear();
        fixture.wakeup();
        assertThat(fixture.lane.isForgettable()).isFalse();
        assertThat(fixture.lane.nextWakeupMillis()).isLessThan(PendingRequest.NEVER);
    }

    @Test
    void theLivingAreNeverForgotten() {
        long far = start + 10 * fixture.settings.forgetMillis();
        fixture.report(worker.at(far).heartbeat(ONE, 0, held("a", 1), held("b", 1)));
        assertThat(fixture.lane.state().instances())
                .extracting(InstanceState::dead)
                .containsExactly(true);

        WorkerLog next = fixture.worker(2).at(far);
        fixture.connect(next, ONE);
        logReaches(far + LEASE);
        assertThat(fixture.lane.isForgettable()).isFalse();
        assertThat(fixture.lane.state().instances()).hasSize(1);
        assertThat(fixture.lane.nextWakeupMillis())
                .isLessThanOrEqualTo(fixture.now + fixture.settings.leaseCheckMillis());
    }

    @Test
    void aNewIncarnationOfTheDeadTakesWorkAgain() {
        logReaches(start + LEASE + 1);
        fixture.forgetEffects();
        fixture.connect(fixture.worker(2), ONE);
        fixture.assign(request("d"));
        assertThat(fixture.dispatched()).containsExactly("d");
        assertThat(fixture.all(LaneEffect.Dispatch.class).get(0).address().incarnation())
                .isEqualTo(2);
    }

    @Test
    void aNewIncarnationLosesTheRunsOfTheOldOneAndHandsBackTheQueue() {
        WorkerLog next = fixture.worker(2);
        fixture.report(next.registered(ONE));
        assertThat(fixture.released()).containsExactly("a LOST", "b LOST", "c INSTANCE_DEAD");
        assertThat(fixture.releases().get(0).message()).contains("new incarnation");
        assertThat(fixture.all(LaneEffect.Sync.class).get(0).address().incarnation()).isEqualTo(2);

        fixture.assign(request("d"));
        assertThat(fixture.dispatched()).isEmpty();
        fixture.report(next.heartbeat(ONE, fixture.lastSync()));
        assertThat(fixture.dispatched()).containsExactly("d");
    }

    /** Its registration may be older than the log that is left. */
    @Test
    void aHeartbeatIntroducesAnIncarnationToo() {
        WorkerLog next = fixture.worker(2);
        next.skip();
        fixture.report(next.completed(run("x")));
        assertThat(fixture.effects).isEmpty();
        fixture.report(next.heartbeat(ONE, 0, held("x", 1)));
        assertThat(fixture.released()).containsExactly("a LOST", "b LOST", "c INSTANCE_DEAD");
        fixture.report(next.heartbeat(ONE, fixture.lastSync(), held("x", 1)));
        assertThat(fixture.all(LaneEffect.Adopted.class)).hasSize(1);
    }

    @Test
    void anOldIncarnationIsFencedAndOtherwiseIgnored() {
        fixture.connect(fixture.worker(2), ONE);
        fixture.assign(request("d"));
        fixture.forgetEffects();
        fixture.report(worker.completed(run("d")));
        fixture.report(worker.draining(true));
        fixture.report(worker.registered(ONE));
        assertThat(fixture.effects).isEmpty();
        fixture.report(worker.heartbeat(ONE, 0));
        assertThat(fixture.all(LaneEffect.Fence.class))
                .singleElement()
                .satisfies(fence -> assertThat(fence.address().incarnation()).isEqualTo(1));
        assertThat(fixture.lane.inFlight()).isEqualTo(1);
    }

    @Test
    void whatWaitsExpiresWhenItsTimeHasCome() {
        fixture.assign(request("hurried").expiresAt(start + 100));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 100);
        fixture.now = start + 99;
        fixture.wakeup();
        assertThat(fixture.released()).isEmpty();
        fixture.now = start + 100;
        fixture.wakeup();
        assertThat(fixture.released()).containsExactly("hurried EXPIRED");
    }

    @Test
    void whatRunsDoesNotExpire() {
        fixture = LaneFixture.inStep(ONE);
        fixture.assign(request("hurried").expiresAt(start + 100));
        fixture.now = start + 200;
        fixture.wakeup();
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(1);
    }

    /** The place is freed when the first in order is already too late. */
    @Test
    void expiryComesBeforeDispatch() {
        fixture.assign(request("hurried").expiresAt(start + 100));
        fixture.lane.cancel(request("c").build().key(), 1, "", fixture.now);
        fixture.now = start + 100;
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.released()).containsExactly("c CANCELLED", "hurried EXPIRED");
        assertThat(fixture.dispatched()).isEmpty();
    }

    @Test
    void whatIsAssignedTooLateExpiresAtOnce() {
        fixture.assign(request("late").expiresAt(fixture.now));
        assertThat(fixture.released()).containsExactly("late EXPIRED");
    }

    @Test
    void wakeUpsAreRoundedUpToATick() {
        LaneSettings settings =
                new LaneSettings(
                        LanePolicies.of(PolicyCatalog.ordering("fcfs"), new FitsInstance()),
                        16,
                        LEASE,
                        1_000,
                        30_000,
                        3_600_000,
                        256,
                        50);
        fixture = new LaneFixture(settings).started();
        fixture.assign(request("hurried").expiresAt(start + 101));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 150);
        fixture.assign(request("more").expiresAt(start + 100));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 100);
    }

    @Test
    void aTimeBeyondAllTimesAsksForNoWakeUpInThePast() {
        fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("patient").expiresAt(PendingRequest.NEVER - 1));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 30_000);
    }

    @Test
    void anEmptyLaneAsksForNoWakeUpAndOneWithAWorkerChecksItsLease() {
        LaneFixture empty = LaneFixture.of("fcfs").started();
        assertThat(empty.lane.nextWakeupMillis()).isEqualTo(PendingRequest.NEVER);
        assertThat(empty.lane.isForgettable()).isTrue();
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 1_000);
        fixture.now += 1_000;
        fixture.wakeup();
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 2_000);
        fixture.now += 1_000;
        logReaches(start + LEASE + 1);
        assertThat(fixture.lane.nextWakeupMillis())
                .isEqualTo(fixture.now + fixture.settings.forgetMillis());
    }

    @Test
    void requestsForAnInstanceThatNobodyHasHeardOfGoBackAfterAWhile() {
        fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("a"));
        fixture.now += 10_000;
        fixture.assign(request("b"));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 30_000);
        assertThat(fixture.lane.isForgettable()).isFalse();
        fixture.now = start + 29_999;
        fixture.wakeup();
        assertThat(fixture.released()).isEmpty();
        fixture.now = start + 30_000;
        fixture.wakeup();
        assertThat(fixture.released()).containsExactly("a INSTANCE_DEAD", "b INSTANCE_DEAD");
        assertThat(fixture.lane.isForgettable()).isTrue();
    }

    @Test
    void anInstanceThatComesInTimeKeepsItsRequests() {
        fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("a"));
        fixture.now += 29_000;
        fixture.connect(fixture.worker(1), onPartition(3, 1, 1_000));
        fixture.now += 2_000;
        fixture.wakeup();
        assertThat(fixture.dispatched()).containsExactly("a");
        assertThat(fixture.all(LaneEffect.Dispatch.class).get(0).address().dispatchPartition())
                .isEqualTo(3);
        assertThat(fixture.all(LaneEffect.Dispatch.class).get(0).address().instanceId())
                .isEqualTo(LANE);
    }

    @Test
    void settingsNameWhatIsWrong() {
        assertThatThrownBy(
                        () ->
                                new LaneSettings(
                                        LanePolicies.of(
                                                PolicyCatalog.ordering("fcfs"), new FitsInstance()),
                                        16,
                                        0,
                                        1,
                                        1,
                                        1,
                                        1,
                                        1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("lease 0 ms");
    }
}
