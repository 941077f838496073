package io.sluice.core.kernel;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.BandLimits;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A lane has a run interrupted, hands it back, and takes it in again. */
final class LaneInterruptionTest {

    private static final InstanceCapacity ONE_PLACE =
            new InstanceCapacity(List.of(), 1, 1_000, 1_000, 0, 0, 0.1, 10);
    private static final Progress PROGRESS = new Progress(3, 13);

    private final LaneFixture fixture = new LaneFixture(settings());
    private final WorkerLog worker = fixture.worker(1);

    private static LaneSettings settings() {
        LaneSettings plain = LaneFixture.settings("priority");
        return new LaneSettings(
                LanePolicies.of(PolicyCatalog.ordering("priority"), BandLimits.of("1", "1000000"))
                        .with(new AlwaysPreempt()),
                plain.maxPasses(),
                plain.leaseMillis(),
                plain.leaseCheckMillis(),
                plain.orphanMillis(),
                plain.forgetMillis(),
                plain.dispatchesPerWakeup(),
                plain.tickMillis());
    }

    private void interruptOne() {
        fixture.started().connect(worker, ONE_PLACE);
        fixture.assign(request("runs"));
        fixture.assign(request("urgent").priority(4));
        fixture.report(worker.preempted(LaneFixture.run("runs"), PROGRESS));
    }

    @Test
    void itSendsTheOtherAtOnceAndHandsBackWhatWasInterruptedWithItsProgress() {
        interruptOne();
        assertThat(fixture.all(LaneEffect.Preempt.class))
                .extracting(stop -> stop.key().requestId())
                .containsExactly("runs");
        assertThat(fixture.dispatched()).containsExactly("runs", "urgent");
        assertThat(fixture.released()).containsExactly("runs PREEMPTED");
        assertThat(fixture.releases().get(0).progress())
                .isEqualTo(PROGRESS.interruptedAt(fixture.now));
    }

    @Test
    void theReasonNamesWhoTakesThePlaceAndTheAccount() {
        interruptOne();
        assertThat(fixture.all(LaneEffect.Preempt.class).get(0).reason())
                .isEqualTo(
                        "urgent of %s goes before it and takes its place: predicted gain without bound, cost 0 ms"
                                .formatted(LaneFixture.run("urgent").key().tenant()));
    }

    @Test
    void whatWasMadeIsLostWithARunButNotByAnInterruption() {
        interruptOne();
        AcceptedRun far = LaneFixture.held("urgent", 1).at(new Progress(9, 19));
        fixture.report(worker.heartbeat(ONE_PLACE, 0, far));
        fixture.report(worker.failed(LaneFixture.run("urgent"), true));
        assertThat(fixture.released()).containsExactly("runs PREEMPTED", "urgent FAILED");
        assertThat(fixture.all(LaneEffect.Released.class))
                .extracting(LaneEffect.Released::lostTokens)
                .containsExactly(0, 9);
    }

    @Test
    void whatWasInterruptedAndIsCancelledWhileItWaitsHasMadeItsTokensForNothing() {
        interruptOne();
        fixture.assign(request("runs").progress(PROGRESS.interruptedAt(5)).build(), 2);
        fixture.forgetEffects().lane.cancel(LaneFixture.run("runs").key(), 2, "bored", fixture.now);
        assertThat(fixture.all(LaneEffect.Released.class))
                .extracting(LaneEffect.Released::lostTokens)
                .containsExactly(3);
    }

    @Test
    void aRunThatHasCompletedInsteadIsNotHandedBack() {
        fixture.started().connect(worker, ONE_PLACE);
        fixture.assign(request("runs"));
        fixture.assign(request("urgent").priority(4));
        fixture.report(worker.completed(LaneFixture.run("runs")));
        assertThat(fixture.all(LaneEffect.Preempt.class)).hasSize(1);
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.inFlight()).isEqualTo(1);
    }

    /** It was let in before; to refuse it now would waste its run. */
    @Test
    void whatWasInterruptedIsTakenInThoughItsBandIsFull() {
        interruptOne();
        fixture.assign(request("waits"));
        fixture.forgetEffects().assign(request("refused"));
        assertThat(fixture.released()).containsExactly("refused REJECTED_CAPACITY");
        Progress interrupted = PROGRESS.interruptedAt(fixture.now);
        fixture.forgetEffects().assign(request("runs").progress(interrupted).build(), 2);
        assertThat(fixture.released()).isEmpty();
        assertThat(fixture.lane.queueLength()).isEqualTo(2);
    }
}
