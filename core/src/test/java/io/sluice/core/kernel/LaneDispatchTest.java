package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import static io.sluice.core.kernel.LaneFixture.EPOCH;
import static io.sluice.core.kernel.LaneFixture.LANE;
import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.onPartition;
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
}
