package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.admission.DeadlineAhead;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.Map;

import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.Capacities.onPartition;
import static io.sluice.core.testing.Capacities.withSpeed;
import static io.sluice.core.testing.RequestBuilder.key;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** What a lane takes in, what it refuses, and what it lets go again before a run. */
final class LaneIntakeTest {

    /** One place and a look-ahead of one. */
    private static final InstanceCapacity ONE = capacity(1, 1_000);

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
