package io.sluice.core.routing;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.RequestKey;
import io.sluice.core.testing.RequestBuilder;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.testing.Capacities.onPartition;
import static org.assertj.core.api.Assertions.assertThat;

/** When a router may assign, and whom it believes to live. */
final class FleetViewTest {

    private static final long LEASE = 5_000;
    private static final long FORGET = 60_000;
    private static final long OLD = 7;
    private static final long NEW = 8;
    private static final InstanceCapacity ON_0 = onPartition(0, 4, 1_000);
    private static final InstanceCapacity ON_1 = onPartition(1, 4, 1_000);

    private final WorkerLog a = new WorkerLog("a", 1).epoch(OLD);
    private final WorkerLog b = new WorkerLog("b", 1).epoch(OLD);
    private FleetView fleet;

    /** A view restored with "a" on partition 0 and "b" on partition 1, last heard of at 0. */
    @BeforeEach
    void restoredView() {
        FleetView before = new FleetView(LEASE, FORGET, FleetState.EMPTY);
        before.startEpoch(OLD);
        before.report(a.registered(ON_0));
        before.report(b.registered(ON_1));
        before.report(a.heartbeat(ON_0, 1));
        before.report(b.heartbeat(ON_1, 1));
        fleet = new FleetView(LEASE, FORGET, before.state());
        fleet.startEpoch(NEW);
    }

    private void tick(long epoch, int partition, long millis) {
        fleet.tick(epoch, partition, 2, millis);
    }

    private void echo(WorkerLog worker, InstanceCapacity capacity) {
        fleet.report(worker.epoch(NEW).heartbeat(capacity, 1));
    }

    private List<String> living() {
        return fleet.living().stream().map(FleetInstance::instanceId).toList();
    }

    @Test
    void itOpensWhenEveryPartitionHasTickedAndEveryInstanceHasAnswered() {
        tick(NEW, 0, 10);
        tick(NEW, 0, 20);
        assertThat(fleet.isOpen()).isFalse();
        tick(NEW, 1, 10);
        assertThat(fleet.isOpen()).isFalse();
        echo(a, ON_0);
        assertThat(fleet.isOpen()).isFalse();
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void answersMayComeBeforeTheLastTick() {
        echo(a, ON_0);
        echo(b, ON_1);
        tick(NEW, 0, 10);
        assertThat(fleet.isOpen()).isFalse();
        tick(NEW, 1, 10);
        assertThat(fleet.isOpen()).isTrue();
    }

    /** The epoch takes another road than the log, and a worker answers once. */
    @Test
    void answersMayComeBeforeTheEpoch() {
        fleet = new FleetView(LEASE, FORGET, fleet.state());
        echo(a, ON_0);
        echo(b, ON_1);
        fleet.startEpoch(NEW);
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void anAnswerOfTheOldEpochAfterOneOfTheNewTakesNothingBack() {
        echo(a, ON_0);
        echo(b, ON_1);
        fleet.report(b.epoch(OLD).heartbeat(ON_1, 9));
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void ticksAndAnswersOfEarlierEpochsDoNotCount() {
        tick(OLD, 0, 10);
        tick(OLD, 1, 10);
        echo(a, ON_0);
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isFalse();
        tick(NEW, 0, 11);
        tick(NEW, 1, 11);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void anAnswerOfTheOldEpochDoesNotCount() {
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        echo(a, ON_0);
        fleet.report(b.epoch(OLD).heartbeat(ON_1, 5));
        assertThat(fleet.isOpen()).isFalse();
    }

    @Test
    void aHeartbeatThatAnswersNothingDoesNotCount() {
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        echo(a, ON_0);
        fleet.report(b.epoch(NEW).heartbeat(ON_1, 0));
        assertThat(fleet.isOpen()).isFalse();
    }

    @Test
    void theDeadNeedNotAnswer() {
        tick(NEW, 0, 10);
        tick(NEW, 1, LEASE);
        echo(a, ON_0);
        assertThat(fleet.isOpen()).isFalse();
        tick(OLD, 1, LEASE + 1);
        assertThat(fleet.isOpen()).isTrue();
        assertThat(living()).containsExactly("a");
    }

    @Test
    void anInstanceThatJoinedBeforeTheTickIsKnownAndMustAnswer() {
        WorkerLog c = new WorkerLog("c", 1).epoch(OLD);
        fleet.report(c.registered(ON_0));
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        echo(a, ON_0);
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isFalse();
        echo(c, ON_0);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void anInstanceThatJoinsAfterTheTicksIsNotWaitedFor() {
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        fleet.report(new WorkerLog("c", 1).epoch(NEW).at(11).registered(ON_0));
        echo(a, ON_0);
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void aNewIncarnationMustAnswerForItself() {
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        echo(a, ON_0);
        WorkerLog next = new WorkerLog("b", 2).epoch(OLD).at(10);
        fleet.report(next.registered(ON_1));
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isFalse();
        echo(next, ON_1);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void theSameEpochAgainClosesNothingAndALaterOneDoes() {
        echo(a, ON_0);
        echo(b, ON_1);
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        fleet.startEpoch(NEW);
        assertThat(fleet.isOpen()).isTrue();
        fleet.startEpoch(NEW + 1);
        assertThat(fleet.isOpen()).isFalse();
        tick(NEW + 1, 0, 10);
        tick(NEW + 1, 1, 10);
        assertThat(fleet.isOpen()).isFalse();
    }

    @Test
    void aFreshJobWithoutInstancesOpensWithTheTicks() {
        fleet = new FleetView(LEASE, FORGET, FleetState.EMPTY);
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        assertThat(fleet.isOpen()).isFalse();
        fleet.startEpoch(NEW);
        tick(NEW, 0, 11);
        tick(NEW, 1, 11);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void decisionsOfEarlierEpochsAreRolledBack() {
        assertThat(fleet.isRolledBack(OLD)).isTrue();
        assertThat(fleet.isRolledBack(NEW)).isFalse();
        FleetView restored = new FleetView(LEASE, FORGET, fleet.state());
        assertThat(restored.knowsEpoch()).isFalse();
        restored.startEpoch(NEW + 1);
        assertThat(restored.knowsEpoch()).isTrue();
        assertThat(restored.isRolledBack(NEW)).isTrue();
        assertThat(restored.isRolledBack(NEW + 1)).isFalse();
    }

    /** Until then a late word of its worker finds it dead. */
    @Test
    void theDeadAreForgottenAfterAWhileOfLogTime() {
        tick(OLD, 0, LEASE + FORGET);
        tick(OLD, 1, LEASE);
        assertThat(fleet.all()).extracting(FleetInstance::instanceId).containsExactly("a", "b");
        assertThat(living()).containsExactly("b");
        tick(OLD, 0, LEASE + FORGET + 1);
        assertThat(fleet.all()).extracting(FleetInstance::instanceId).containsExactly("b");
        assertThat(fleet.state().instances()).hasSize(1);
    }

    @Test
    void whoeverIsForgottenNeedNotAnswer() {
        tick(NEW, 0, 10);
        tick(NEW, 1, 10);
        echo(b, ON_1);
        assertThat(fleet.isOpen()).isFalse();
        tick(NEW, 0, LEASE + FORGET + 1);
        assertThat(fleet.isOpen()).isTrue();
    }

    @Test
    void deathIsALeaseOfLogTimeOfItsOwnPartition() {
        tick(OLD, 1, LEASE + 1);
        assertThat(living()).containsExactly("a");
        tick(OLD, 0, LEASE);
        assertThat(living()).containsExactly("a");
        tick(OLD, 0, LEASE + 1);
        assertThat(living()).isEmpty();
        assertThat(fleet.all()).hasSize(2);
    }

    @Test
    void everyReportMovesTheTimeOfItsPartition() {
        fleet.report(a.at(LEASE + 1).accepted(WorkerLog.run(key(), 1, OLD)));
        assertThat(living()).containsExactly("b");
    }

    private static RequestKey key() {
        return RequestBuilder.key("r");
    }

    @Test
    void aHeartbeatRenewsTheLease() {
        fleet.report(a.at(LEASE).heartbeat(ON_0, 0));
        tick(OLD, 0, 2 * LEASE);
        assertThat(living()).containsExactly("a", "b");
    }

    /** Its lane has given its work away and answers it with a fence. */
    @Test
    void theDeadAreNotRevived() {
        tick(OLD, 0, LEASE + 1);
        fleet.report(a.at(LEASE + 2).heartbeat(ON_0, 0));
        assertThat(living()).containsExactly("b");
        fleet.report(new WorkerLog("a", 2).at(LEASE + 3).registered(ON_0));
        assertThat(living()).containsExactly("a", "b");
    }

    @Test
    void anOldIncarnationSaysNothingMore() {
        fleet.report(new WorkerLog("a", 2).at(10).registered(ON_0));
        fleet.report(a.at(20).draining(true));
        fleet.report(a.at(30).heartbeat(ON_0, 0, true, List.of()));
        FleetInstance instance = fleet.living().get(0);
        assertThat(instance.incarnation()).isEqualTo(2);
        assertThat(instance.draining()).isFalse();
        assertThat(instance.lastHeartbeatLogMillis()).isEqualTo(10);
    }

    @Test
    void drainingIsToldByNoticeAndByHeartbeat() {
        fleet.report(a.draining(true));
        assertThat(fleet.living().get(0).draining()).isTrue();
        fleet.report(a.heartbeat(ON_0, 0));
        assertThat(fleet.living().get(0).draining()).isFalse();
        fleet.report(a.heartbeat(ON_0, 0, true, List.of()));
        assertThat(new FleetView(LEASE, FORGET, fleet.state()).living().get(0).draining()).isTrue();
    }

    @Test
    void joinsCountNewInstancesAndIncarnations() {
        assertThat(fleet.joins()).isZero();
        fleet.report(a.heartbeat(ON_0, 0));
        assertThat(fleet.joins()).isZero();
        fleet.report(new WorkerLog("c", 1).registered(ON_0));
        fleet.report(new WorkerLog("a", 2).registered(ON_0));
        fleet.report(new WorkerLog("b", 2).heartbeat(ON_1, 0));
        assertThat(fleet.joins()).isEqualTo(3);
    }
}
