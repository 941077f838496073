package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.prediction.ServiceModel;
import io.sluice.jobs.flow.DecidedBy;
import io.sluice.jobs.flow.DecisionForecast;
import io.sluice.jobs.flow.DecisionMessage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** By the epoch of a record one tells the decisions of a job attempt that was rolled back. */
class LaneDecisionsTest {

    private static final RequestKey KEY = new RequestKey("acme", "r");

    private static final DecidedBy BY = new DecidedBy("semantic", 3, "inference.control-0-17");

    private static final DecidedBy INTERRUPTING =
            new DecidedBy("total-wait:stop=50ms", 3, "inference.control-0-17");

    private static DecisionMessage decision(LaneEffect effect) {
        return decision(new DecisionSampling(1), effect);
    }

    private static DecisionMessage decision(DecisionSampling sampling, LaneEffect effect) {
        InstanceScheduler lane =
                new InstanceScheduler(
                        "gpu-1",
                        Scenario.SETTINGS.lane(),
                        LaneState.EMPTY,
                        new HeapPendingStore(),
                        ignored -> {});
        return new LaneDecisions(sampling, lane, BY, INTERRUPTING, 50).of(effect);
    }

    @Test
    void anAdoptionNamesItsEpoch() {
        DecisionMessage adoption = decision(new LaneEffect.Adopted(KEY, 2, "gpu-1", 9));
        assertThat(adoption.kind()).isEqualTo(DecisionMessage.Kind.ADOPT);
        assertThat(adoption.epoch()).isEqualTo(9);
        assertThat(adoption.seq()).as("no command follows").isZero();
    }

    @Test
    void everyDecisionSaysByWhichPoliciesItWasTaken() {
        assertThat(decision(new LaneEffect.Adopted(KEY, 2, "gpu-1", 9)).by()).isEqualTo(BY);
    }

    @Test
    void aDispatchSaysInWordsWhyItWasItsTurn() {
        Address address = new Address("gpu-1", 1, 0, 9, 4, 50);
        DecisionMessage dispatch =
                decision(
                        new LaneEffect.Dispatch(
                                address, Scenario.request("r", 3, 10), 1, Behind.NOTHING, 0));
        assertThat(dispatch.by()).isEqualTo(BY);
        assertThat(dispatch.reason()).isEqualTo("class P1, by submission");
    }

    @Test
    void aDispatchPredictsItsRun() {
        Address address = new Address("gpu-1", 1, 0, 9, 4, 50);
        PendingRequest request = Scenario.request("r", 3, 10);
        DecisionMessage dispatch =
                decision(new LaneEffect.Dispatch(address, request, 1, Behind.NOTHING, 0));
        DecisionForecast expected = dispatch.expected();
        ServiceModel service = ServiceModel.UNKNOWN_HARDWARE;
        assertThat(expected.startMillis()).isEqualTo(50);
        assertThat(expected.serviceMillis()).isEqualTo(service.serviceMillis(request));
        assertThat(expected.ttftMillis()).isEqualTo(40 + service.prefillMillis(100));
    }

    @Test
    void whatIsLeftOutOfTheSampleIsNotTold() {
        DecisionSampling none = new DecisionSampling(0);
        Address address = new Address("gpu-1", 1, 0, 9, 4, 50);
        assertThat(decision(none, new LaneEffect.Adopted(KEY, 2, "gpu-1", 9))).isNull();
        assertThat(decision(none, new LaneEffect.Stop(address, KEY, 2, "bored"))).isNull();
        assertThat(decision(none, new LaneEffect.Preempt(address, KEY, 2, "urgent")))
                .as("an interruption is always told")
                .isNotNull();
    }

    @Test
    void anInterruptionNamesItsCommandAndThePolicyThatWeighedIt() {
        Address address = new Address("gpu-1", 1, 0, 9, 4, 50);
        DecisionMessage preempt =
                decision(new LaneEffect.Preempt(address, KEY, 2, "another takes its place"));
        assertThat(preempt.kind()).isEqualTo(DecisionMessage.Kind.PREEMPT);
        assertThat(preempt.key()).isEqualTo(KEY);
        assertThat(preempt.attempt()).isEqualTo(2);
        assertThat(preempt.epoch()).isEqualTo(9);
        assertThat(preempt.seq()).isEqualTo(4);
        assertThat(preempt.by()).isEqualTo(INTERRUPTING);
        assertThat(preempt.reason()).isEqualTo("another takes its place");
    }

    @Test
    void aReleaseNamesItsEpochAndItsReason() {
        Release release =
                new Release(KEY, 2, "gpu-1", 9, ReleaseReason.EXPIRED, true, null, "too late");
        DecisionMessage decision = decision(new LaneEffect.Released(release, null));
        assertThat(decision.kind()).isEqualTo(DecisionMessage.Kind.RELEASE);
        assertThat(decision.epoch()).isEqualTo(9);
        assertThat(decision.reason()).isEqualTo("EXPIRED: too late");
        assertThat(decision.queueWaitMillis()).as("a run that was only adopted").isNegative();
    }
}
