package io.sluice.core.kernel;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RunId;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.kernel.LaneFixture.EPOCH;
import static io.sluice.core.kernel.LaneFixture.LANE;
import static io.sluice.core.kernel.LaneFixture.held;
import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What a lane makes of control events and of its worker's reports on runs. */
final class LaneReportsTest {

    private static final InstanceCapacity ONE = capacity(1, 1_000);
    private static final InstanceCapacity THREE = capacity(3, 10_000);

    private LaneFixture fixture;
    private WorkerLog worker;

    /** A lane in step, with "a" and "b" at the worker and "c" waiting. */
    @BeforeEach
    void busyLane() {
        fixture = LaneFixture.of("fcfs").started();
        worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        for (String id : List.of("a", "b", "c")) {
            fixture.assign(request(id));
        }
        assertThat(fixture.dispatched()).containsExactly("a", "b");
        fixture.forgetEffects();
    }

    @Test
    void cancellingWhatWaitsReleasesItAtOnce() {
        fixture.lane.cancel(key("c"), 1, "user went away", fixture.now);
        assertThat(fixture.releases())
                .containsExactly(
                        new Release(
                                key("c"),
                                1,
                                LANE,
                                EPOCH,
                                ReleaseReason.CANCELLED,
                                true,
                                null,
                                "user went away"));
        assertThat(fixture.store.get(key("c"))).isNull();
        assertThat(fixture.all(LaneEffect.Stop.class)).isEmpty();
    }

    @Test
    void cancellingWhatRunsTellsTheWorkerOnceAndWaitsForItsWord() {
        fixture.lane.cancel(key("a"), 1, "user went away", fixture.now);
        fixture.lane.cancel(key("a"), 1, "again", fixture.now);
        assertThat(fixture.all(LaneEffect.Stop.class))
                .singleElement()
                .satisfies(
                        stop -> {
                            assertThat(stop.key()).isEqualTo(key("a"));
                            assertThat(stop.attempt()).isEqualTo(1);
                            assertThat(stop.reason()).isEqualTo("user went away");
                            assertThat(stop.address().instanceId()).isEqualTo(LANE);
                        });
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);

        fixture.rebuild().started();
        fixture.lane.cancel(key("a"), 1, "once more", fixture.now);
        assertThat(fixture.all(LaneEffect.Stop.class)).hasSize(1);

        fixture.report(worker.cancelled(run("a")));
        assertThat(fixture.released()).containsExactly("a STOPPED");
        assertThat(fixture.dispatched()).containsExactly("c");
    }

    @Test
    void aRunThatIsStoppedTooLateCompletes() {
        fixture.lane.cancel(key("a"), 1, "user went away", fixture.now);
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);
    }

    @Test
    void cancelsOfWhatIsNotHereDoNothing() {
        fixture.lane.cancel(key("c"), 2, "another attempt", fixture.now);
        fixture.lane.cancel(key("a"), 2, "another attempt", fixture.now);
        fixture.lane.cancel(key("z"), 1, "never seen", fixture.now);
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.queueLength()).isEqualTo(1);
    }

    @Test
    void anotherPriorityMovesWhatWaits() {
        fixture = LaneFixture.of("priority").started();
        fixture.assign(request("first").priority(2));
        fixture.assign(request("second").priority(1));
        fixture.lane.revalue(key("second"), 1, 4, 0, fixture.now);
        fixture.lane.revalue(key("first"), 2, -1, 0, fixture.now);
        fixture.rebuild().started().connected(ONE);
        assertThat(fixture.dispatched()).containsExactly("second", "first");
        assertThat(fixture.all(LaneEffect.Dispatch.class).get(0).request().priority()).isEqualTo(4);
    }

    @Test
    void aLongerOrShorterPathMovesWhatWaits() {
        fixture = LaneFixture.of("critical-path").started();
        fixture.assign(request("first"));
        fixture.assign(request("second"));
        fixture.assign(request("third"));
        fixture.lane.revalue(key("first"), 1, 0, 70, fixture.now);
        fixture.lane.revalue(key("third"), 1, 0, 900, fixture.now);
        fixture.lane.revalue(key("second"), 1, 0, 100, fixture.now);
        fixture.lane.revalue(key("third"), 1, 0, 0, fixture.now);
        fixture.rebuild().started().connected(THREE);
        assertThat(fixture.dispatched()).containsExactly("second", "first", "third");
        assertThat(fixture.all(LaneEffect.Dispatch.class).get(0).request().criticalPathMillis())
                .isEqualTo(100);
    }

    /** Under an order that does not look at it the place stays, and the request has it anyway. */
    @Test
    void anotherPathIsKeptUnderEveryOrder() {
        fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("first"));
        fixture.assign(request("second"));
        fixture.lane.revalue(key("second"), 1, 0, 900, fixture.now);
        assertThat(fixture.store.get(key("second")).request().criticalPathMillis()).isEqualTo(900);
        fixture.connected(THREE);
        assertThat(fixture.dispatched()).containsExactly("first", "second");
    }

    @Test
    void anotherValueLeavesWhatRunsAlone() {
        fixture.lane.revalue(key("a"), 1, 4, 900, fixture.now);
        fixture.lane.revalue(key("z"), 1, 4, 900, fixture.now);
        assertThat(fixture.effects).isEmpty();
        PendingRequest a = fixture.store.get(key("a")).request();
        assertThat(a.priority()).isZero();
        assertThat(a.criticalPathMillis()).isZero();
        assertThat(fixture.store.size()).isEqualTo(3);
    }

    @Test
    void aFailureIsPassedOnWithWhatTheWorkerSaid() {
        fixture.report(worker.failed(run("a"), false));
        assertThat(fixture.releases())
                .containsExactly(
                        new Release(
                                key("a"),
                                1,
                                LANE,
                                EPOCH,
                                ReleaseReason.FAILED,
                                false,
                                "oom",
                                "out of memory",
                                Progress.NONE,
                                EPOCH));
        assertThat(fixture.dispatched()).containsExactly("c");
    }

    @Test
    void whatIsGivenBackMoves() {
        fixture.report(worker.givenBack(run("a")));
        assertThat(fixture.released()).containsExactly("a GIVEN_BACK");
        assertThat(fixture.store.get(key("a"))).isNull();
    }

    @Test
    void aRefusalReleasesWhatWasSent() {
        fixture.report(worker.refused(run("a")));
        assertThat(fixture.released()).containsExactly("a REFUSED");
        assertThat(fixture.releases().get(0).code()).isEqualTo("busy");
        assertThat(fixture.releases().get(0).retriable()).isTrue();
    }

    /** A stopped sender of an earlier epoch may flush the command again; that one is refused. */
    @Test
    void theRefusalOfAnotherEpochsCommandIsIgnored() {
        fixture.report(worker.refused(new RunId(key("a"), 1, EPOCH - 1)));
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);
    }

    @Test
    void completionFreesThePlaceAndSaysNothing() {
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.dispatched()).containsExactly("c");
        assertThat(fixture.store.get(key("a"))).isNull();
    }

    @Test
    void reportsOfAnotherAttemptAreIgnored() {
        fixture.report(worker.completed(run("a", 2)));
        fixture.report(worker.failed(run("a", 2), true));
        fixture.report(worker.givenBack(run("b", 3)));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);
    }

    /** After a rollback the log tells of a run that the lane believes to wait. */
    @Test
    void whatEndedWhileItWasBelievedToWaitIsNotSentAgain() {
        fixture.report(worker.completed(run("c")));
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.lane.queueLength()).isZero();
        assertThat(fixture.released()).isEmpty();
    }

    @Test
    void aRepeatedReportIsIgnored() {
        WorkerLog repeated = fixture.worker(1);
        repeated.skip().skip();
        fixture.report(worker.completed(run("a")));
        fixture.forgetEffects();
        fixture.report(repeated.failed(run("b"), true));
        assertThat(fixture.effects).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(2);
    }

    @Test
    void aGapInTheLogHoldsTheLaneUntilTheWorkerHasSaidWhatItHolds() {
        fixture.report(worker.skip().accepted(run("b")));
        assertThat(fixture.all(LaneEffect.Sync.class)).hasSize(1);
        fixture.report(worker.completed(run("b")));
        assertThat(fixture.dispatched()).isEmpty();

        fixture.report(worker.heartbeat(ONE, fixture.lastSync() - 1, held("a", 1)));
        assertThat(fixture.dispatched()).isEmpty();
        fixture.report(worker.heartbeat(ONE, fixture.lastSync(), held("a", 1)));
        assertThat(fixture.dispatched()).containsExactly("c");
        assertThat(fixture.released()).isEmpty();
    }

    /** The lost report may have been the end of "b". */
    @Test
    void whatTheWorkerNoLongerHoldsAfterAGapIsLost() {
        fixture.report(worker.skip().heartbeat(ONE, 0, held("a", 1)));
        assertThat(fixture.released()).isEmpty();
        fixture.report(worker.heartbeat(ONE, fixture.lastSync(), held("a", 1)));
        assertThat(fixture.released()).containsExactly("b LOST");
    }

    @Test
    void whatAHeartbeatListsAndTheLaneDoesNotKnowIsAdopted() {
        fixture.report(
                worker.heartbeat(
                        ONE,
                        0,
                        held("a", 1),
                        held("b", 1),
                        new AcceptedRun(new RunId(key("x"), 4, EPOCH - 2), 77, 1)));
        assertThat(fixture.effects)
                .containsExactly(new LaneEffect.Adopted(key("x"), 4, LANE, EPOCH));
        assertThat(fixture.lane.inFlight()).isEqualTo(3);
        assertThat(fixture.store.get(key("x")))
                .isEqualTo(
                        new LaneEntry(
                                key("x"),
                                4,
                                null,
                                new LaneEntry.Run(LANE, 1, EPOCH - 2, fixture.now, 77, false),
                                0));
        assertThat(fixture.lane.freeTokens()).isEqualTo(1_000 + 1_000 - 20 - 20 - 77);

        fixture.report(worker.failed(run("x", 4), true));
        assertThat(fixture.released()).containsExactly("x FAILED");
        assertThat(fixture.all(LaneEffect.Released.class).get(0).request()).isNull();
    }

    @Test
    void whatWaitsAndIsListedIsAdoptedWithItsDescription() {
        fixture.report(worker.heartbeat(ONE, 0, held("a", 1), held("b", 1), held("c", 1)));
        assertThat(fixture.all(LaneEffect.Adopted.class)).hasSize(1);
        assertThat(fixture.lane.queueLength()).isZero();
        fixture.report(worker.givenBack(run("c")));
        assertThat(fixture.all(LaneEffect.Released.class).get(0).request().key())
                .isEqualTo(key("c"));
    }

    @Test
    void aLaterAttemptThatIsListedReplacesTheEarlierOne() {
        fixture.report(worker.heartbeat(ONE, 0, held("a", 2), held("b", 1), held("c", 3)));
        assertThat(fixture.all(LaneEffect.Adopted.class))
                .extracting(LaneEffect.Adopted::attempt)
                .containsExactly(2, 3);
        assertThat(fixture.lane.inFlight()).isEqualTo(3);
        fixture.report(worker.completed(run("a", 2)));
        fixture.report(worker.completed(run("c", 3)));
        assertThat(fixture.lane.inFlight()).isEqualTo(1);
    }

    /** The router counts on the later attempt; without it the request would be forgotten. */
    @Test
    void anEarlierAttemptThatIsListedIsStoppedAndDoesNotReplaceTheLaterOne() {
        fixture.assign(request("d").build(), 2);
        fixture.report(worker.heartbeat(ONE, 0, held("a", 1), held("b", 1), held("d", 1)));
        assertThat(fixture.all(LaneEffect.Adopted.class)).isEmpty();
        assertThat(fixture.all(LaneEffect.Stop.class))
                .singleElement()
                .satisfies(
                        stop -> {
                            assertThat(stop.key()).isEqualTo(key("d"));
                            assertThat(stop.attempt()).isEqualTo(1);
                        });
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
    }

    /** Holding another attempt is not holding this one. */
    @Test
    void aRunIsLostWhenTheWorkerHoldsOnlyAnEarlierAttempt() {
        fixture.report(worker.completed(run("a")));
        fixture.report(worker.completed(run("b")));
        fixture.assign(request("d").build(), 2);
        fixture.report(worker.skip().heartbeat(ONE, 0, held("c", 1), held("d", 1)));
        fixture.report(worker.heartbeat(ONE, fixture.lastSync(), held("c", 1), held("d", 1)));
        assertThat(fixture.released()).containsExactly("d LOST");
        assertThat(fixture.releases().get(0).attempt()).isEqualTo(2);
    }

    @Test
    void aDrainingWorkerGetsNothingAndItsQueueIsHandedBack() {
        fixture.report(worker.draining(true));
        assertThat(fixture.released()).containsExactly("c DRAINING");
        fixture.assign(request("d"));
        assertThat(fixture.released()).containsExactly("c DRAINING", "d DRAINING");
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(1);

        fixture.report(worker.draining(false));
        fixture.assign(request("e"));
        assertThat(fixture.dispatched()).containsExactly("e");
    }

    @Test
    void aHeartbeatTellsOfDrainingToo() {
        fixture.report(worker.heartbeat(ONE, 0, true, List.of(held("a", 1), held("b", 1))));
        assertThat(fixture.released()).containsExactly("c DRAINING");
        fixture.rebuild().started();
        fixture.assign(request("d"));
        assertThat(fixture.released()).containsExactly("c DRAINING", "d DRAINING");
    }

    @Test
    void theOperatorsWishToDrainGoesToTheWorkerAndChangesNothingYet() {
        fixture.lane.drain(LANE, true, fixture.now);
        assertThat(fixture.effects)
                .singleElement()
                .isInstanceOfSatisfying(
                        LaneEffect.DrainWorker.class,
                        drain -> {
                            assertThat(drain.draining()).isTrue();
                            assertThat(drain.address().instanceId()).isEqualTo(LANE);
                        });
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.dispatched()).containsExactly("c");
    }

    /** Commands of a lane are numbered without gaps. */
    @Test
    void commandsAreNumbered() {
        fixture = LaneFixture.of("fcfs").started();
        worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("a"));
        fixture.lane.cancel(key("a"), 1, "", fixture.now);
        fixture.lane.drain(LANE, true, fixture.now);
        fixture.rebuild().started();
        fixture.lane.drain(LANE, false, fixture.now);
        assertThat(fixture.all(LaneEffect.Command.class))
                .extracting(command -> command.address().seq())
                .containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    /** Three completions 10 ms apart and a round trip of 35 ms: four more fall into one trip. */
    @Test
    void theLookAheadFollowsTheMeasuredPace() {
        fixture = LaneFixture.of("fcfs").started();
        worker = fixture.worker(1);
        fixture.connect(worker, capacity(10, 100_000));
        for (int i = 0; i < 30; i++) {
            fixture.assign(request("r" + i));
        }
        assertThat(fixture.lane.inFlight()).isEqualTo(11);
        fixture.now += 35;
        fixture.report(worker.accepted(run("r0")));
        for (int i = 0; i < 3; i++) {
            fixture.now += 10;
            fixture.report(worker.completed(run("r" + i)));
        }
        assertThat(fixture.lane.inFlight()).isEqualTo(15);
        fixture.rebuild().started();
        assertThat(fixture.lane.inFlight()).isEqualTo(15);
        assertThat(fixture.lane.freeSequences()).isZero();
    }
}
