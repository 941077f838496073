package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.sluice.core.kernel.LaneFixture.EPOCH;
import static io.sluice.core.kernel.LaneFixture.LANE;
import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.onPartition;
import static io.sluice.core.testing.Capacities.withSpeed;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What a lane sends, when, and in which order. */
final class LaneDispatchTest {

    /** One place and a look-ahead of one. */
    private static final InstanceCapacity ONE = capacity(1, 1_000);

    @Test
    void aCommandSaysWhoWhatWhereAndWhen() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        fixture.connect(fixture.worker(3), onPartition(5, 1, 1_000));
        fixture.now += 40;
        fixture.assign(request("a").submittedAt(fixture.now - 40));

        LaneEffect.Dispatch sent = fixture.all(LaneEffect.Dispatch.class).get(0);
        assertThat(sent.address()).isEqualTo(new Address(LANE, 3, 5, EPOCH, 2, fixture.now));
        assertThat(sent.request().key()).isEqualTo(key("a"));
        assertThat(sent.attempt()).isEqualTo(1);
        assertThat(sent.queueWaitMillis()).isEqualTo(40);
        assertThat(fixture.store.get(key("a")).run())
                .isEqualTo(new LaneEntry.Run(LANE, 3, EPOCH, fixture.now, 20, false));
    }

    @Test
    void nothingIsSentBeforeTheEpochStarts() {
        LaneFixture fixture = LaneFixture.of("fcfs");
        WorkerLog worker = fixture.worker(1);
        fixture.report(worker.registered(ONE));
        fixture.assign(request("a"));
        assertThat(fixture.effects).isEmpty();

        fixture.started();
        assertThat(fixture.all(LaneEffect.Sync.class)).hasSize(1);
        fixture.report(worker.heartbeat(ONE, fixture.lastSync()));
        assertThat(fixture.dispatched()).containsExactly("a");
    }

    @Test
    void freedPlacesGoToTheFirstInOrder() {
        LaneFixture fixture = LaneFixture.of("priority").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("running").priority(0));
        fixture.assign(request("lookahead").priority(0));
        fixture.assign(request("low").priority(1));
        fixture.assign(request("high").priority(3));
        assertThat(fixture.dispatched()).containsExactly("running", "lookahead");
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
        assertThat(fixture.lane.inFlight()).isEqualTo(2);

        fixture.report(worker.completed(run("running")));
        fixture.report(worker.completed(run("lookahead")));
        assertThat(fixture.dispatched()).containsExactly("running", "lookahead", "high", "low");
        assertThat(fixture.lane.queueLength()).isZero();
        assertThat(fixture.store.size()).isEqualTo(2);
    }

    @Test
    void queueLengthAndPositionAreThoseLeftBehind() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("tooBigNow").tokens(900, 100));
        fixture.assign(request("b").submittedAt(1).tokens(300, 100));
        fixture.assign(request("c").submittedAt(2).tokens(300, 100));
        fixture.assign(request("d").submittedAt(3).tokens(900, 100));
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, capacity(4, 1_000));
        // "tooBigNow" and, by the look-ahead, "b" are sent; that leaves room for 100 tokens.
        fixture.forgetEffects();
        fixture.assign(request("small").submittedAt(9).tokens(50, 50));

        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .singleElement()
                .satisfies(
                        sent -> {
                            assertThat(sent.request().key()).isEqualTo(key("small"));
                            assertThat(sent.queuePosition()).isEqualTo(2);
                            assertThat(sent.behind()).isEqualTo(new Behind(2, 400));
                        });
    }

    @Test
    void noDispatchTakesMorePlacesThanThereAre() {
        LaneFixture fixture = LaneFixture.inStep(capacity(3, 1_000_000));
        for (int i = 0; i < 10; i++) {
            fixture.assign(request("r" + i));
        }
        assertThat(fixture.lane.inFlight()).isEqualTo(4);
        assertThat(fixture.lane.freeSequences()).isZero();
    }

    /** A small run lowers the mean of what is out, and with it what the look-ahead may hold. */
    @Test
    void noDispatchTakesMoreTokensThanThereAreEvenWhenItLowersTheMean() {
        LaneFixture fixture = LaneFixture.inStep(capacity(4, 1_000));
        for (int i = 0; i < 3; i++) {
            fixture.assign(request("r" + i).tokens(300, 100));
        }
        assertThat(fixture.lane.freeTokens()).isEqualTo(200);
        fixture.assign(request("r3").tokens(100, 100));

        assertThat(fixture.lane.freeTokens()).isNotNegative();
        assertThat(fixture.dispatched()).hasSize(3);
        fixture.assign(request("r4").tokens(50, 50));
        assertThat(fixture.dispatched()).hasSize(4).contains("r4");
        assertThat(fixture.lane.freeTokens()).isNotNegative();
    }

    @Test
    void adoptionMayTakeMorePlacesThanThereAre() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.report(
                worker.heartbeat(
                        ONE,
                        0,
                        LaneFixture.held("x", 1),
                        LaneFixture.held("y", 1),
                        LaneFixture.held("z", 1)));
        assertThat(fixture.lane.freeSequences()).isEqualTo(-1);
        fixture.assign(request("a"));
        fixture.report(worker.completed(run("x")));
        assertThat(fixture.dispatched()).isEmpty();
        fixture.report(worker.completed(run("y")));
        assertThat(fixture.dispatched()).containsExactly("a");
    }

    /** What is expected to need more than the cache is charged the whole cache, and runs. */
    @Test
    void aGuessBeyondTheCacheDoesNotBlock() {
        LaneFixture fixture = LaneFixture.inStep(capacity(2, 100));
        fixture.assign(request("long").tokens(90, 0).predicted(5_000));
        assertThat(fixture.dispatched()).containsExactly("long");
    }

    /** 700 tokens are free and the head wants 800: others go first, but only so often. */
    @Test
    void aHeadThatDoesNotFitIsPassedABoundedNumberOfTimes() {
        LaneSettings settings =
                new LaneSettings(
                        LanePolicies.of(PolicyCatalog.ordering("fcfs"), new FitsInstance()),
                        3,
                        5_000,
                        1_000,
                        30_000,
                        3_600_000,
                        256,
                        10);
        LaneFixture fixture = new LaneFixture(settings).started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, capacity(20, 1_000));
        for (int i = 0; i < 3; i++) {
            fixture.assign(request("run" + i).tokens(300, 50));
        }
        fixture.assign(request("head").tokens(700, 100));
        fixture.forgetEffects();
        for (int i = 0; i < 5; i++) {
            fixture.assign(request("small" + i).submittedAt(1).tokens(5, 5));
        }
        assertThat(fixture.dispatched()).containsExactly("small0", "small1", "small2");
        assertThat(fixture.store.get(key("head")).passes()).isEqualTo(3);
        // From then on room is held for the head, however small the others are.
        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .extracting(LaneEffect.Dispatch::behind)
                .containsExactly(new Behind(1, 800), new Behind(1, 800), new Behind(1, 800));

        fixture.rebuild().started();
        assertThat(fixture.dispatched()).hasSize(3);

        for (int i = 0; i < 3; i++) {
            fixture.report(worker.completed(run("run" + i)));
        }
        assertThat(fixture.dispatched())
                .containsExactly("small0", "small1", "small2", "head", "small3", "small4");
    }

    @Test
    void dispatchesPerInputAreBoundedAndTheRestFollowsATickLater() {
        LaneSettings settings =
                new LaneSettings(
                        LanePolicies.of(PolicyCatalog.ordering("fcfs"), new FitsInstance()),
                        16,
                        5_000,
                        1_000,
                        30_000,
                        3_600_000,
                        4,
                        10);
        LaneFixture fixture = new LaneFixture(settings).started();
        for (int i = 0; i < 10; i++) {
            fixture.assign(request("r" + i));
        }
        fixture.connected(capacity(20, 1_000_000));
        assertThat(fixture.dispatched()).hasSize(4);
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(fixture.now + 10);

        fixture.now += 10;
        fixture.wakeup();
        assertThat(fixture.dispatched()).hasSize(8);
        fixture.now += 10;
        fixture.wakeup();
        assertThat(fixture.dispatched()).hasSize(10);
        assertThat(fixture.lane.nextWakeupMillis()).isGreaterThan(fixture.now + 10);
    }

    @Test
    void whatAdmissionRefusesIsReleasedWithReasonAndMessage() {
        LaneSettings settings =
                LaneSettings.of(
                        PolicyCatalog.ordering("fcfs"),
                        new FitsInstance()
                                .and(new DeadlineAhead(true))
                                .and(
                                        new BandLimits(
                                                Map.of(
                                                        PriorityBand.P4,
                                                        new BandLimits.Limit(2, 1_000)))));
        LaneFixture fixture = new LaneFixture(settings).started().connected(ONE);
        fixture.assign(request("tooLong").tokens(1_000, 1));
        fixture.assign(request("tooLate").tokens(100, 10).deadline(fixture.now + 200));
        for (int i = 0; i < 5; i++) {
            fixture.assign(request("r" + i));
        }
        assertThat(fixture.released())
                .containsExactly(
                        "tooLong REJECTED_TOO_LONG",
                        "tooLate REJECTED_DEADLINE",
                        "r4 REJECTED_CAPACITY");
        assertThat(fixture.releases().get(0).message()).contains("at most 1000");
        assertThat(fixture.releases().get(1).message()).contains("200 ms");
        assertThat(fixture.releases().get(2).message()).contains("at most 2 requests");
        assertThat(fixture.store.size()).isEqualTo(4);
    }

    @Test
    void limitsCountWhatWaitsAndNotWhatRan() {
        LaneSettings settings =
                LaneSettings.of(
                        PolicyCatalog.ordering("fcfs"),
                        new BandLimits(
                                Map.of(PriorityBand.P4, new BandLimits.Limit(1, Long.MAX_VALUE))));
        LaneFixture fixture = new LaneFixture(settings).started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("a"));
        fixture.assign(request("b"));
        fixture.assign(request("waits"));
        fixture.assign(request("refused"));
        fixture.report(worker.completed(run("a")));
        fixture.assign(request("waitsToo"));
        fixture.rebuild().started();
        fixture.assign(request("refusedToo"));
        assertThat(fixture.released())
                .containsExactly("refused REJECTED_CAPACITY", "refusedToo REJECTED_CAPACITY");
    }

    @Test
    void aRepeatedAssignmentChangesNothing() {
        LaneFixture fixture = LaneFixture.inStep(ONE);
        fixture.assign(request("running"));
        fixture.assign(request("running"));
        fixture.assign(request("lookahead"));
        fixture.assign(request("waiting"));
        fixture.assign(request("waiting").priority(4));
        assertThat(fixture.dispatched()).containsExactly("running", "lookahead");
        assertThat(fixture.lane.queueLength()).isEqualTo(1);
        assertThat(fixture.store.get(key("waiting")).request().priority()).isZero();
    }

    @Test
    void aLaterAttemptTakesThePlaceOfAnEarlierOneThatWaits() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("a").build(), 1);
        fixture.assign(request("a").build(), 2);
        fixture.assign(request("a").build(), 1);
        assertThat(fixture.lane.queueLength()).isEqualTo(1);
        fixture.connected(ONE);
        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .singleElement()
                .extracting(LaneEffect.Dispatch::attempt)
                .isEqualTo(2);
    }

    /** Else the router would wait for an attempt that the lane has never taken in. */
    @Test
    void aLaterAttemptStopsAnEarlierOneThatRuns() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("a").build(), 1);
        fixture.assign(request("a").build(), 2);

        assertThat(fixture.all(LaneEffect.Stop.class))
                .singleElement()
                .extracting(LaneEffect.Stop::attempt)
                .isEqualTo(1);
        assertThat(fixture.lane.inFlight()).isEqualTo(1);
        fixture.report(worker.cancelled(run("a", 1)));
        assertThat(fixture.released()).isEmpty();
        fixture.report(worker.failed(run("a", 2), true));
        assertThat(fixture.released()).containsExactly("a FAILED");
    }

    @Test
    void requestsThatWaitWhenTheSpeedBecomesKnownAreOrderedByIt() {
        LaneFixture fixture = LaneFixture.of("sjf").started();
        fixture.assign(request("prompt").tokens(400, 1));
        fixture.assign(request("output").tokens(1, 100));
        // Decode is slow on unknown hardware, so "prompt" leads; here a prompt token costs more.
        fixture.connected(withSpeed(ONE, 100, 1));
        assertThat(fixture.dispatched()).containsExactly("output", "prompt");
    }

    @Test
    void misfitsAreReleasedWhenTheCapacityBecomesKnown() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        fixture.assign(request("big").tokens(1_000, 1));
        fixture.assign(request("fits").tokens(999, 1));
        fixture.connected(ONE);
        assertThat(fixture.released()).containsExactly("big REJECTED_TOO_LONG");
        assertThat(fixture.releases().get(0).message())
                .isEqualTo("needs 1001 tokens; the instance holds at most 1000");
        assertThat(fixture.dispatched()).containsExactly("fits");
    }

    @Test
    void misfitsAreReleasedWhenTheInstanceShrinks() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, ONE);
        fixture.assign(request("run"));
        fixture.assign(request("lookahead"));
        fixture.assign(request("big").tokens(500, 1));
        fixture.assign(request("small").tokens(499, 1));
        fixture.rebuild().started();
        fixture.report(worker.heartbeat(capacity(1, 500), 0));
        assertThat(fixture.released()).containsExactly("big REJECTED_TOO_LONG");
        assertThat(fixture.lane.queueLength()).isEqualTo(1);
    }

    @Test
    void theRoomiestInstanceOfAPoolGetsTheRequest() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        WorkerLog small = fixture.worker("a-small", 1);
        WorkerLog large = fixture.worker("b-large", 1);
        fixture.connect(small, onPartition(0, 4, 500));
        fixture.connect(large, onPartition(1, 4, 2_000));
        fixture.assign(request("r0").tokens(900, 100));
        fixture.assign(request("r1").tokens(300, 100));
        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .extracting(sent -> sent.address().instanceId())
                .containsExactly("b-large", "b-large");
    }

    /** Else one long request would stop the pool for as long as its large instance is away. */
    @Test
    void whatOnlyAnInstanceThatTakesNoWorkCouldHoldLeavesThePool() {
        LaneFixture fixture = LaneFixture.of("fcfs").started();
        WorkerLog small = fixture.worker("a-small", 1);
        WorkerLog large = fixture.worker("b-large", 1);
        fixture.connect(small, onPartition(0, 1, 500));
        fixture.connect(large, onPartition(1, 1, 2_000));
        for (int i = 0; i < 4; i++) {
            fixture.assign(request("run" + i));
        }
        fixture.assign(request("long").tokens(900, 100));
        fixture.report(large.draining(true));
        fixture.assign(request("longToo").tokens(900, 100));
        assertThat(fixture.released())
                .containsExactly("long REJECTED_TOO_LONG", "longToo REJECTED_TOO_LONG");
        assertThat(fixture.releases().get(1).reason()).isEqualTo(ReleaseReason.REJECTED_TOO_LONG);
    }
}
