package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.DecisionMessage;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** By the epoch of a record one tells the decisions of a job attempt that was rolled back. */
class LaneDecisionsTest {

    private static final RequestKey KEY = new RequestKey("acme", "r");

    private static DecisionMessage decision(LaneEffect effect) {
        return LaneDecisions.of(effect, Scenario.SETTINGS.lane(), 50);
    }

    @Test
    void anAdoptionNamesItsEpoch() {
        DecisionMessage adoption = decision(new LaneEffect.Adopted(KEY, 2, "gpu-1", 9));
        assertThat(adoption.kind()).isEqualTo(DecisionMessage.Kind.ADOPT);
        assertThat(adoption.epoch()).isEqualTo(9);
        assertThat(adoption.seq()).as("no command follows").isZero();
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
