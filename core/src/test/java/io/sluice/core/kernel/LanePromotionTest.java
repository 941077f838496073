package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.policy.preemption.AlwaysPreempt;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.kernel.LaneFixture.run;
import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A lane with one place, ranked by score, in which who has waited is promoted. */
final class LanePromotionTest {

    /** A step takes 10 ms. */
    private static final InstanceCapacity ONE_PLACE = capacity(1, 1_000);

    private final LaneFixture fixture = new LaneFixture(settings()).started();
    private final WorkerLog worker = fixture.worker(1);
    private final long start = fixture.now;

    private static LaneSettings settings() {
        LanePolicies policies =
                LanePolicies.of(
                                PolicyCatalog.ordering("ltr:threshold=200,quantum=10"),
                                new FitsInstance())
                        .with(new AlwaysPreempt())
                        .with(new BatchFormation.Continuous(false));
        return new LaneSettings(
                policies, 16, Long.MAX_VALUE / 2, 1_000, 30_000, 3_600_000, 1_000, 1);
    }

    private PendingRequest scored(String id, double score) {
        return request(id).tokens(10, 500).score(score).submittedAt(fixture.now).build();
    }

    private List<String> interrupted() {
        return fixture.all(LaneEffect.Preempt.class).stream()
                .map(preempt -> preempt.key().requestId())
                .toList();
    }

    private void at(long millisAfterStart) {
        fixture.now = start + millisAfterStart;
        fixture.wakeup();
    }

    private void interrupt(String id, int attempt, int tokens) {
        fixture.report(worker.preempted(run(id, attempt), new Progress(tokens, 0)));
    }

    @Test
    void whoHasWaitedTakesThePlaceOfABetterScoreForAQuantum() {
        fixture.connect(worker, ONE_PLACE);
        fixture.assign(scored("better", 1), 1);
        PendingRequest worse = scored("worse", 2);
        fixture.assign(worse, 1);
        assertThat(fixture.dispatched()).containsExactly("better");
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 1_000);

        at(1_999);
        assertThat(interrupted()).isEmpty();
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 2_000);

        at(2_000);
        assertThat(interrupted()).containsExactly("better");
        assertThat(fixture.dispatched()).containsExactly("better", "worse");
        interrupt("better", 1, 40);
        assertThat(fixture.released()).containsExactly("better PREEMPTED");

        fixture.now = start + 2_010;
        fixture.assign(scored("better", 1).withProgress(new Progress(40, 0, start + 2_000)), 2);
        assertThat(interrupted()).containsExactly("better");
        assertThat(fixture.lane.nextWakeupMillis()).isEqualTo(start + 2_100);

        at(2_100);
        assertThat(interrupted()).containsExactly("better", "worse");
        assertThat(fixture.dispatched()).containsExactly("better", "worse", "better");
    }

    @Test
    void aRebuiltLaneKnowsWhoIsPromoted() {
        fixture.connect(worker, ONE_PLACE);
        fixture.assign(scored("better", 1), 1);
        fixture.assign(scored("worse", 2), 1);
        at(1_999);

        fixture.rebuild().started();
        at(2_000);

        assertThat(interrupted()).containsExactly("better");
        assertThat(fixture.dispatched()).containsExactly("better", "worse");
    }
}
