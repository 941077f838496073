package io.sluice.core.kernel;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.core.testing.Orderings;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;

import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A lane whose policies change while requests wait and run. */
final class LanePolicyChangeTest {

    private static final PolicyChoice CHOICE =
            PolicyChoice.DEFAULT
                    .withOrdering("fcfs")
                    .withAdmission("fits")
                    .withBatching("continuous:look-ahead=none");
    private static final InstanceCapacity ONE_PLACE = capacity(1, 1_000);

    private final LaneFixture fixture =
            new LaneFixture(LaneFixture.settings("fcfs").with(CHOICE.lane())).started();
    private final WorkerLog worker = fixture.worker(1);

    private void choose(PolicyChoice choice) {
        fixture.lane.choose(choice.lane(), fixture.now);
    }

    private void arrive(String id, int priority, int output) {
        fixture.assign(
                request(id).priority(priority).tokens(10, output).submittedAt(fixture.now++));
    }

    private void complete(String id) {
        fixture.report(worker.completed(run(id)));
    }

    @Test
    void whatWaitsIsPutIntoTheNewOrderAndWhatRunsGoesOn() {
        fixture.connect(worker, ONE_PLACE);
        arrive("first", 0, 100);
        arrive("long", 0, 90);
        arrive("short", 0, 10);
        assertThat(fixture.dispatched()).containsExactly("first");

        choose(CHOICE.withOrdering("sjf"));
        assertThat(fixture.dispatched()).as("what runs goes on").containsExactly("first");
        arrive("shortest", 0, 5);
        complete("first");
        complete("shortest");
        choose(CHOICE);
        complete("short");

        assertThat(fixture.dispatched()).containsExactly("first", "shortest", "short", "long");
        assertThat(fixture.released()).isEmpty();
    }

    @Test
    void aNewBatchingRuleActsAtOnce() {
        fixture.connect(worker, ONE_PLACE);
        arrive("first", 0, 100);
        arrive("second", 0, 100);
        assertThat(fixture.dispatched()).containsExactly("first");

        choose(CHOICE.withBatching("continuous:look-ahead=auto"));

        assertThat(fixture.dispatched()).containsExactly("first", "second");
    }

    @Test
    void whoWaitsIsNotJudgedAgainButWhoComesIs() {
        fixture.connect(worker, ONE_PLACE);
        arrive("runs", 0, 100);
        arrive("waits", 0, 100);
        arrive("waits too", 0, 100);

        choose(CHOICE.withAdmission("limits:max-requests=1"));
        assertThat(fixture.released()).isEmpty();
        arrive("comes", 0, 100);

        assertThat(fixture.released()).containsExactly("comes REJECTED_CAPACITY");
    }

    @Test
    void anInterruptingPolicyKnowsHowFarRunsHaveCome() {
        fixture.connect(worker, ONE_PLACE);
        arrive("long", 0, 500);
        fixture.report(
                worker.heartbeat(
                        ONE_PLACE,
                        0,
                        new AcceptedRun(run("long"), 510, 0, new Progress(400, 410))));
        arrive("fresh", 0, 10);

        choose(CHOICE.withPreemption("always").withOrdering("mlfq:base=1s"));

        assertThat(fixture.all(LaneEffect.Preempt.class))
                .as("4 s of service are beyond the first level")
                .extracting(preempt -> preempt.key().requestId())
                .containsExactly("long");
        assertThat(fixture.dispatched()).containsExactly("long", "fresh");
    }

    @Test
    void countersOfTenantsOutliveAChangeOfTheOrder() {
        PolicyChoice fair = CHOICE.withFairness("vtc");
        choose(fair);
        fixture.assign(request("a1").tenant("a").tokens(10, 10).submittedAt(fixture.now++));
        fixture.assign(request("a2").tenant("a").tokens(10, 1).submittedAt(fixture.now++));
        fixture.assign(request("b3").tenant("b").tokens(10, 10).submittedAt(fixture.now++));
        fixture.connect(worker, ONE_PLACE);
        assertThat(fixture.dispatched()).containsExactly("a1");

        choose(fair.withOrdering("sjf"));
        fixture.report(
                worker.completed(
                        WorkerLog.run(
                                request("a1").tenant("a").build().key(), 1, LaneFixture.EPOCH)));

        assertThat(fixture.dispatched()).containsExactly("a1", "b3");
    }

    /** Whether a lane changes its policies or is restored under others is the same. */
    @ParameterizedTest
    @MethodSource("orders")
    void theOrderIsThatOfALaneRestoredUnderThePolicies(String ordering) {
        LanePolicies policies = CHOICE.withOrdering(ordering).lane();
        fixture.connect(worker, ONE_PLACE);
        for (int i = 0; i < 12; i++) {
            arrive("r" + i, i % 5 - 1, 10 + 7 * i % 50);
        }
        LaneFixture restored = new LaneFixture(fixture.settings.with(policies));
        restored.store = fixture.store.copy();
        restored.now = fixture.now;
        restored.lane =
                new InstanceScheduler(
                        LaneFixture.LANE,
                        restored.settings,
                        fixture.lane.state(),
                        restored.store,
                        restored.effects::add);
        restored.started();

        fixture.lane.choose(policies, fixture.now);
        fixture.forgetEffects();
        String running = "r0";
        for (int i = 1; i < 12; i++) {
            WorkerReport completed = worker.completed(run(running));
            fixture.report(completed);
            restored.report(completed);
            running = fixture.dispatched().get(i - 1);
        }

        assertThat(fixture.dispatched()).hasSize(11).isEqualTo(restored.dispatched());
    }

    static List<String> orders() {
        return Orderings.withoutInterruptions();
    }

    @Test
    void beforeTheEpochIsKnownNothingChanges() {
        LaneFixture early = new LaneFixture(fixture.settings);

        assertThatThrownBy(() -> early.lane.choose(CHOICE.lane(), early.now))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("does not know its epoch");
    }

    @Test
    void aLaneSaysInWordsWhyARequestStandsWhereItStands() {
        PendingRequest request = request("r").tenant("acme").priority(4).build();
        fixture.lane.choose(
                CHOICE.withOrdering("priority").withFairness("vtc").lane(), fixture.now);

        assertThat(fixture.lane.describe(request, fixture.now))
                .isEqualTo("turn of tenant acme by vtc; class P0, by submission");
    }
}
