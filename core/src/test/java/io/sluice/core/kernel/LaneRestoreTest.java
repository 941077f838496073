package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.kernel.LaneFixture.EPOCH;
import static io.sluice.core.kernel.LaneFixture.LANE;
import static io.sluice.core.kernel.LaneFixture.held;
import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.onPartition;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A lane that comes back in a new job attempt: it takes stock before it decides anything. */
final class LaneRestoreTest {

    private static final InstanceCapacity ONE = capacity(1, 1_000);
    private static final long NEXT = EPOCH + 1;

    private LaneFixture fixture;
    private WorkerLog worker;

    /** "run" and "ahead" were sent before the checkpoint, "waits" and "hurried" wait in it. */
    @BeforeEach
    void restoredLane() {
        fixture = LaneFixture.of("fcfs").started();
        worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("run"));
        fixture.assign(request("ahead"));
        fixture.assign(request("hurried").expiresAt(fixture.now + 100));
        fixture.assign(request("waits").submittedAt(1));
        fixture.rebuild().forgetEffects();
        fixture.now += 1_000;
    }

    private void restart() {
        fixture.lane.startEpoch(NEXT, fixture.now);
    }

    @Test
    void itAsksItsWorkerAndSendsNothingUntilItAnswersInTheNewEpoch() {
        restart();
        assertThat(fixture.effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        LaneEffect.Sync.class,
                        sync -> {
                            assertThat(sync.address().epoch()).isEqualTo(NEXT);
                            assertThat(sync.address().incarnation()).isEqualTo(1);
                        });
        long sync = fixture.lastSync();
        fixture.report(worker.completed(run("run")));
        fixture.report(worker.heartbeat(ONE, sync + 5, held("ahead", 1)));
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.released()).isEmpty();

        fixture.report(worker.epoch(NEXT).heartbeat(ONE, sync - 1, held("ahead", 1)));
        assertThat(fixture.dispatched()).isEmpty();
        fixture.report(worker.heartbeat(ONE, sync, held("ahead", 1)));
        assertThat(fixture.dispatched()).containsExactly("waits");
    }

    @Test
    void theQuestionIsRepeatedAsLongAsTheWorkerHasNotSeenTheEpoch() {
        restart();
        long first = fixture.lastSync();
        for (int i = 0; i < 3; i++) {
            fixture.report(worker.heartbeat(ONE, 0, held("run", 1), held("ahead", 1)));
        }
        assertThat(fixture.all(LaneEffect.Sync.class)).as("a log is read again").hasSize(1);
        fixture.now += 500;
        fixture.report(worker.heartbeat(ONE, 0, held("run", 1), held("ahead", 1)));
        assertThat(fixture.all(LaneEffect.Sync.class)).as("it has said nothing").hasSize(2);
        fixture.now += 500;
        fixture.report(worker.epoch(NEXT).heartbeat(ONE, 0, held("run", 1), held("ahead", 1)));
        assertThat(fixture.all(LaneEffect.Sync.class)).hasSize(2);
        fixture.report(worker.heartbeat(ONE, first, held("run", 1), held("ahead", 1)));
        fixture.report(worker.completed(run("run")));
        assertThat(fixture.dispatched()).containsExactly("waits");
    }

    @Test
    void theSameEpochAsksNobodyAgain() {
        fixture.lane.startEpoch(EPOCH, fixture.now);
        assertThat(fixture.all(LaneEffect.Sync.class)).isEmpty();
        fixture.report(worker.completed(run("run")));
        assertThat(fixture.dispatched()).containsExactly("waits");
    }

    @Test
    void anUnansweredQuestionSurvivesAnotherRebuild() {
        restart();
        fixture.rebuild();
        fixture.lane.startEpoch(NEXT, fixture.now);
        assertThat(fixture.all(LaneEffect.Sync.class)).hasSize(1);
        fixture.report(worker.completed(run("run")));
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.released()).isEmpty();
    }

    @Test
    void whatTheWorkerHoldsIsAdoptedAndWhatItDoesNotHoldIsLost() {
        restart();
        fixture.report(
                worker.epoch(NEXT)
                        .heartbeat(ONE, fixture.lastSync(), held("ahead", 1), held("waits", 1)));
        assertThat(fixture.all(LaneEffect.Adopted.class))
                .containsExactly(new LaneEffect.Adopted(key("waits"), 1, LANE, NEXT));
        assertThat(fixture.released()).containsExactlyInAnyOrder("run LOST", "hurried EXPIRED");
        assertThat(fixture.releases()).allMatch(release -> release.epoch() == NEXT);
        assertThat(fixture.dispatched()).isEmpty();
    }

    @Test
    void whatIsAdoptedBeforeTheEpochIsKnownIsSaidInThatEpoch() {
        fixture.report(
                worker.heartbeat(ONE, 0, held("run", 1), held("ahead", 1), held("waits", 1)));
        assertThat(fixture.effects).isEmpty();
        restart();
        assertThat(fixture.all(LaneEffect.Adopted.class))
                .containsExactly(new LaneEffect.Adopted(key("waits"), 1, LANE, NEXT));
    }

    /**
     * The router gives numbers anew, and its own attempt has the number of a run that the worker
     * was found with and has lost since: a release on its way is of both, as far as it can tell,
     * and if it has dropped that before, it needs another.
     */
    @Test
    void anAttemptThatWasFoundAndLetGoOfIsLetGoOfAgainWhenItsNumberIsGivenAnew() {
        restart();
        fixture.report(
                worker.epoch(NEXT)
                        .heartbeat(ONE, fixture.lastSync(), held("run", 1), held("found", 1)));
        WorkerLog returned = fixture.worker(2);
        fixture.connect(returned.epoch(NEXT), ONE);
        assertThat(fixture.released()).contains("found LOST");
        fixture.forgetEffects();

        fixture.lane.choose(LaneFixture.settings("sjf").policies(), fixture.now);
        fixture.assign(request("found").build(), 1);
        assertThat(fixture.dispatched()).doesNotContain("found");
        assertThat(fixture.released()).containsExactly("found GIVEN_BACK");

        fixture.assign(request("found").build(), 2);
        assertThat(fixture.dispatched()).contains("found");
    }

    /** Rule 6, and the promise that a crash of the job alone wastes nothing. */
    @Test
    void expiryWaitsForTheAnswerAndComesBeforeDispatch() {
        restart();
        fixture.wakeup();
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.nextWakeupMillis()).isGreaterThan(fixture.now);

        fixture.report(worker.epoch(NEXT).heartbeat(ONE, fixture.lastSync(), held("run", 1)));
        assertThat(fixture.effects.stream().filter(LaneEffect.Released.class::isInstance).count())
                .isEqualTo(2);
        assertThat(fixture.released()).containsExactly("ahead LOST", "hurried EXPIRED");
        assertThat(fixture.dispatched()).containsExactly("waits");
    }

    /** It was sent after the checkpoint, in time, and runs. */
    @Test
    void whatRunsDoesNotExpire() {
        restart();
        fixture.report(
                worker.epoch(NEXT)
                        .heartbeat(
                                ONE,
                                fixture.lastSync(),
                                held("run", 1),
                                held("ahead", 1),
                                held("hurried", 1)));
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(3);
    }

    /** The log may say that the worker drains before it says that it holds what waits here. */
    @Test
    void theQueueIsHandedBackOnlyWhenStockIsTaken() {
        restart();
        fixture.report(worker.draining(true));
        assertThat(fixture.released()).isEmpty();
        fixture.report(
                worker.epoch(NEXT)
                        .heartbeat(
                                ONE,
                                fixture.lastSync(),
                                true,
                                List.of(held("run", 1), held("ahead", 1), held("waits", 1))));
        assertThat(fixture.released()).containsExactly("hurried EXPIRED");
        assertThat(fixture.lane.queueLength()).isZero();
    }

    @Test
    void beforeItsEpochItDecidesNothing() {
        fixture.wakeup();
        fixture.report(worker.completed(run("run")));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
    }

    /** In the epoch of the checkpoint they would pass for decisions that were taken back. */
    @Test
    void whatItHasToSayWaitsForTheEpoch() {
        fixture.report(worker.failed(run("run"), true));
        fixture.lane.cancel(key("ahead"), 1, "not wanted", fixture.now);
        fixture.lane.drain(LANE, true, fixture.now);
        assertThat(fixture.effects).isEmpty();

        restart();
        assertThat(fixture.released()).containsExactly("run FAILED");
        assertThat(fixture.releases()).allMatch(release -> release.epoch() == NEXT);
        assertThat(fixture.all(LaneEffect.Command.class))
                .allMatch(command -> command.address().epoch() == NEXT)
                .hasSize(3)
                .hasAtLeastOneElementOfType(LaneEffect.Stop.class)
                .hasAtLeastOneElementOfType(LaneEffect.DrainWorker.class);
        assertThat(fixture.all(LaneEffect.Sync.class)).hasSize(1);
    }

    @Test
    void aReleaseThatWaitsForTheEpochSurvivesAndKeepsTheLane() {
        for (String id : List.of("run", "ahead", "hurried", "waits")) {
            fixture.report(worker.failed(run(id), true));
        }
        fixture.logMillis.put(0, fixture.now + 6_000 + fixture.settings.forgetMillis());
        fixture.wakeup();
        fixture.wakeup();
        assertThat(fixture.store.size()).isZero();
        assertThat(fixture.lane.state().instances()).isEmpty();
        assertThat(fixture.lane.isForgettable()).isFalse();
        fixture.rebuild();
        assertThat(fixture.effects).isEmpty();
        restart();
        assertThat(fixture.released())
                .containsExactly("run FAILED", "ahead FAILED", "hurried FAILED", "waits FAILED");
        assertThat(fixture.lane.isForgettable()).isTrue();
    }

    /** An earlier job attempt has handed it back there, and it may run elsewhere. */
    @Test
    void whatWaitsIsHandedBackIfTheLogSaysThatTheWorkerTookNoWorkForATime() {
        restart();
        fixture.report(worker.draining(true));
        fixture.report(worker.draining(false));
        assertThat(fixture.released()).isEmpty();
        fixture.rebuild().lane.startEpoch(NEXT, fixture.now);
        fixture.report(
                worker.epoch(NEXT)
                        .heartbeat(
                                ONE,
                                fixture.lastSync(),
                                held("run", 1),
                                held("ahead", 1),
                                held("hurried", 1)));
        assertThat(fixture.released()).containsExactly("waits INSTANCE_DEAD");
        assertThat(fixture.dispatched()).isEmpty();
    }

    /**
     * What waits here was sent to the one before and lost with it, or handed back with the rest:
     * either way it may run elsewhere.
     */
    @Test
    void whatWaitsIsHandedBackIfTheLogTellsOfANewIncarnation() {
        restart();
        WorkerLog next = fixture.worker(2);
        fixture.report(next.registered(ONE));
        assertThat(fixture.released()).containsExactly("ahead LOST", "run LOST");
        fixture.report(next.epoch(NEXT).heartbeat(ONE, fixture.lastSync()));
        assertThat(fixture.released())
                .containsExactly(
                        "ahead LOST", "run LOST", "hurried EXPIRED", "waits INSTANCE_DEAD");
        assertThat(fixture.dispatched()).isEmpty();
    }

    /** One member of a pool may hold what waits, so the others wait for its answer. */
    @Test
    void aPoolTakesStockOfAllBeforeItSendsToOne() {
        fixture = LaneFixture.of("fcfs").started();
        WorkerLog left = fixture.worker("left", 1);
        WorkerLog right = fixture.worker("right", 1);
        fixture.connect(left, onPartition(0, 1, 1_000));
        fixture.connect(right, onPartition(1, 1, 1_000));
        fixture.assign(request("a"));
        fixture.rebuild();
        fixture.assign(request("b"));
        fixture.forgetEffects();
        restart();
        long firstSync = fixture.all(LaneEffect.Sync.class).get(0).address().seq();
        long secondSync = fixture.all(LaneEffect.Sync.class).get(1).address().seq();
        fixture.report(
                left.epoch(NEXT).heartbeat(onPartition(0, 1, 1_000), firstSync, held("a", 1)));
        assertThat(fixture.dispatched()).isEmpty();
        fixture.report(
                right.epoch(NEXT).heartbeat(onPartition(1, 1, 1_000), secondSync, held("b", 1)));
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);
        assertThat(fixture.released()).isEmpty();
    }

    /** Once stock is taken, the trouble of one member does not stop the others. */
    @Test
    void aPoolGoesOnWhileOneMemberIsOutOfStep() {
        fixture = LaneFixture.of("fcfs").started();
        WorkerLog left = fixture.worker("left", 1);
        WorkerLog right = fixture.worker("right", 1);
        fixture.connect(left, onPartition(0, 1, 1_000));
        fixture.connect(right, onPartition(1, 1, 1_000));
        fixture.report(left.skip().heartbeat(onPartition(0, 1, 1_000), 0));
        fixture.assign(request("a"));
        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .extracting(sent -> sent.address().instanceId())
                .containsExactly("right");
    }

    @Test
    void aRolledBackReleaseIsDroppedIfTheRequestIsStillHere() {
        restart();
        Release rolledBack =
                new Release(key("waits"), 1, LANE, EPOCH, ReleaseReason.DRAINING, true, null, null);
        fixture.forgetEffects();
        fixture.lane.recheck(rolledBack, fixture.now);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
    }

    @Test
    void aRolledBackReleaseIsDecidedAnewIfTheRequestIsGone() {
        restart();
        Release rolledBack =
                new Release(key("gone"), 2, LANE, EPOCH, ReleaseReason.LOST, true, "c", "m");
        fixture.lane.recheck(rolledBack, fixture.now);
        assertThat(fixture.releases()).containsExactly(rolledBack.inEpoch(NEXT));
    }

    /** What becomes of the attempt that is here will be told. */
    @Test
    void aRolledBackReleaseOfAnotherAttemptIsDropped() {
        restart();
        fixture.forgetEffects();
        Release later =
                new Release(key("waits"), 2, LANE, EPOCH, ReleaseReason.LOST, true, "c", "m");
        fixture.lane.recheck(later, fixture.now);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
    }

    @Test
    void theOrderIsTheSameAfterARebuild() {
        LaneFixture kept = LaneFixture.of("semantic").started();
        LaneFixture rebuilt = LaneFixture.of("semantic").started();
        for (int i = 0; i < 20; i++) {
            kept.assign(request("r" + i).priority(i % 3).tokens(i * 7 % 11, i * 5 % 13));
            rebuilt.assign(request("r" + i).priority(i % 3).tokens(i * 7 % 11, i * 5 % 13));
        }
        rebuilt.rebuild().started();
        kept.connected(capacity(30, 10_000));
        rebuilt.connected(capacity(30, 10_000));
        assertThat(kept.dispatched()).hasSize(20).isEqualTo(rebuilt.dispatched());
    }
}
