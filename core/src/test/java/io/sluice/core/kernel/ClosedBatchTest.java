package io.sluice.core.kernel;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** When a lane forms a group, of whom, and that nothing joins one that runs. */
final class ClosedBatchTest {

    /** Room for four requests and 1,000 tokens. */
    private static final InstanceCapacity FOUR = capacity(4, 1_000);

    private static LaneFixture lane(String ordering, String batching) {
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering(ordering), new FitsInstance())
                        .with(PolicyCatalog.batchings().make(batching));
        LaneSettings usual = LaneFixture.settings(ordering);
        return new LaneFixture(
                new LaneSettings(
                        policies,
                        usual.maxPasses(),
                        1_000_000,
                        1_000_000,
                        usual.orphanMillis(),
                        usual.forgetMillis(),
                        usual.dispatchesPerWakeup(),
                        10));
    }

    private static LaneFixture inStep(String ordering, String batching) {
        return lane(ordering, batching).started().connected(FOUR);
    }

    @Test
    void aGroupGoesWhenItIsFull() {
        LaneFixture fixture = inStep("fcfs", "closed:size=3,wait=1s");
        fixture.assign(request("a").submittedAt(fixture.now));
        fixture.assign(request("b").submittedAt(fixture.now));
        assertThat(fixture.dispatched()).isEmpty();

        fixture.assign(request("c").submittedAt(fixture.now));
        assertThat(fixture.dispatched()).containsExactly("a", "b", "c");
    }

    @Test
    void aGroupGoesWhenItHasEnoughTokens() {
        LaneFixture fixture = inStep("fcfs", "closed:tokens=300,wait=1s");
        fixture.assign(request("a").submittedAt(fixture.now).tokens(150, 49));
        assertThat(fixture.dispatched()).isEmpty();

        fixture.assign(request("b").submittedAt(fixture.now).tokens(50, 51));
        assertThat(fixture.dispatched()).containsExactly("a", "b");
    }

    @Test
    void aGroupGoesWhenItsOldestHasWaitedLongEnough() {
        LaneFixture fixture = inStep("fcfs", "closed:wait=500ms");
        long start = fixture.now;
        fixture.assign(request("late").submittedAt(start - 120));
        fixture.assign(request("later").submittedAt(start));
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start - 120 + 500);

        fixture.now = start + 379;
        fixture.wakeup();
        assertThat(fixture.dispatched()).isEmpty();
        fixture.now = start + 380;
        fixture.wakeup();
        assertThat(fixture.dispatched()).containsExactly("late", "later");
    }

    @Test
    void withoutAWaitAGroupIsWhatWaitsWhenTheInstanceIsFree() {
        LaneFixture fixture = lane("fcfs", "closed:wait=0ms").started();
        for (String id : List.of("a", "b", "c", "d", "e")) {
            fixture.assign(request(id).submittedAt(fixture.now));
        }
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, FOUR);

        assertThat(fixture.dispatched()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void nothingJoinsAGroupThatRunsHoweverFewOfItAreLeft() {
        LaneFixture fixture = lane("fcfs", "closed:size=2,wait=0ms").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, FOUR);
        fixture.lane.assign(
                List.of(
                        new Assignment(request("a").build(), 1),
                        new Assignment(request("b").build(), 1)),
                fixture.now);
        fixture.assign(request("c"));
        fixture.assign(request("d"));
        fixture.report(worker.completed(run("a")));
        assertThat(fixture.dispatched()).containsExactly("a", "b");
        assertThat(fixture.lane.nextWakeupMillis())
                .as("only the lease is watched while the group runs")
                .isEqualTo(fixture.now + 1_000_000);

        fixture.report(worker.completed(run("b")));
        assertThat(fixture.dispatched()).containsExactly("a", "b", "c", "d");
    }

    @Test
    void thoseThatComeTogetherAreSeenBeforeTheFirstDecision() {
        LaneFixture fixture = inStep("priority", "closed:size=2,wait=0ms");
        fixture.lane.assign(
                List.of(
                        new Assignment(request("a").priority(0).build(), 1),
                        new Assignment(request("b").priority(1).build(), 1),
                        new Assignment(request("c").priority(3).build(), 1)),
                fixture.now);
        assertThat(fixture.dispatched()).containsExactly("c", "b");
    }

    @Test
    void membersGoInTheLanesOrderAndWhatDoesNotFitIsLeftForTheNext() {
        LaneFixture fixture = lane("fcfs", "closed:size=3,tokens=400,wait=1s").started();
        fixture.assign(request("first").submittedAt(1).tokens(200, 50));
        fixture.assign(request("tooMuch").submittedAt(2).tokens(200, 50));
        fixture.assign(request("small").submittedAt(3).tokens(50, 50));
        fixture.assign(request("last").submittedAt(4).tokens(50, 50));
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, FOUR);
        assertThat(fixture.dispatched()).containsExactly("first", "small");

        fixture.report(worker.completed(run("first")));
        fixture.report(worker.completed(run("small")));
        assertThat(fixture.dispatched()).containsExactly("first", "small", "tooMuch", "last");
    }

    @Test
    void aRequestThatIsMoreThanAGroupGoesAlone() {
        LaneFixture fixture = lane("fcfs", "closed:tokens=100,wait=1s").started();
        fixture.assign(request("large").submittedAt(1).tokens(400, 100));
        fixture.assign(request("small").submittedAt(2).tokens(5, 5));
        fixture.connect(fixture.worker(1), FOUR);
        assertThat(fixture.dispatched()).containsExactly("large");
    }

    @Test
    void aGroupMayBeMoreThanTheInstanceRunsAtOnce() {
        LaneFixture fixture = lane("sjf", "closed:size=3,tokens=100000,wait=1s").started();
        fixture.assign(request("long").tokens(400, 400));
        fixture.assign(request("medium").tokens(400, 300));
        fixture.assign(request("short").tokens(400, 100));
        fixture.connect(fixture.worker(1), capacity(1, 1_000));
        assertThat(fixture.dispatched()).containsExactly("short", "medium", "long");
    }

    /** Else a worker would count the places of those that have ended as lost. */
    @Test
    void nothingElseGoesBeforeTheMemoryIsFreeAgain() {
        LaneFixture fixture = lane("fcfs", "closed:size=1").started();
        fixture.assign(request("a"));
        fixture.assign(request("b"));
        fixture.connect(fixture.worker(1), FOUR);
        assertThat(fixture.all(LaneEffect.Dispatch.class))
                .singleElement()
                .satisfies(sent -> assertThat(sent.behind()).isEqualTo(new Behind(1, 1_000)));
    }

    @Test
    void whatExpiresOrIsCancelledLeavesBeforeTheGroupIsFormed() {
        LaneFixture fixture = inStep("fcfs", "closed:size=3,wait=500ms");
        long start = fixture.now;
        fixture.assign(request("expires").submittedAt(start).expiresAt(start + 100));
        fixture.assign(request("cancelled").submittedAt(start + 20));
        fixture.lane.cancel(key("cancelled"), 1, "", fixture.now);
        fixture.assign(request("stays").submittedAt(start + 40));
        fixture.now = start + 100;
        fixture.wakeup();

        assertThat(fixture.released()).containsExactly("cancelled CANCELLED", "expires EXPIRED");
        assertThat(fixture.dispatched()).isEmpty();
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 540);
    }

    @Test
    void aRestoredLaneGoesOnWaitingForItsGroup() {
        LaneFixture fixture = lane("fcfs", "closed:size=2,wait=500ms").started();
        WorkerLog worker = fixture.worker(1);
        fixture.connect(worker, FOUR);
        fixture.assign(request("a").submittedAt(fixture.now));
        fixture.assign(request("b").submittedAt(fixture.now));
        fixture.assign(request("c").submittedAt(fixture.now));
        assertThat(fixture.dispatched()).containsExactly("a", "b");

        fixture.rebuild().started();
        fixture.report(worker.completed(run("a")));
        fixture.report(worker.completed(run("b")));
        assertThat(fixture.dispatched()).containsExactly("a", "b");
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(fixture.now + 500);
        fixture.now += 500;
        fixture.rebuild().started();
        assertThat(fixture.dispatched()).containsExactly("a", "b", "c");
    }
}
