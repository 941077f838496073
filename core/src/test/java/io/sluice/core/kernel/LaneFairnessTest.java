package io.sluice.core.kernel;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.core.testing.Capacities;
import io.sluice.core.testing.WorkerLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static io.sluice.core.testing.Capacities.capacity;
import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** A lane with one place, shared by two tenants. */
final class LaneFairnessTest {

    private static final InstanceCapacity CAPACITY = capacity(1, 1_000);

    private final LaneFixture fixture = new LaneFixture(settings()).started();
    private final WorkerLog worker = fixture.worker(1);

    private static LaneSettings settings() {
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering("fcfs"), new FitsInstance())
                        .with(PolicyCatalog.fairness().make("vtc"))
                        .with(new BatchFormation.Continuous(false));
        return new LaneSettings(
                policies, 16, Long.MAX_VALUE / 2, 1_000, 30_000, 3_600_000, 1_000, 1);
    }

    /** Each request counts 30; those of a have come first, and in numbers. */
    @BeforeEach
    void aFloods() {
        fixture.connect(worker, CAPACITY);
        List.of("a1", "a2", "a3", "a4", "a5").forEach(id -> arrive("a", id));
        arrive("b", "b6");
        arrive("b", "b7");
        assertThat(fixture.dispatched()).containsExactly("a1");
    }

    private void arrive(String tenant, String id) {
        fixture.assign(
                request(id).tenant(tenant).tokens(10, 10).submittedAt(fixture.dispatched().size()));
    }

    private void end(String tenant, String id) {
        fixture.report(
                worker.completed(
                        WorkerLog.run(
                                request(id).tenant(tenant).build().key(), 1, LaneFixture.EPOCH)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoHasReceivedLeastGoesNextRebuiltOrNot(boolean rebuilt) {
        end("a", "a1");
        end("a", "a2");
        if (rebuilt) {
            fixture.rebuild().started();
        }
        end("b", "b6");
        end("a", "a3");
        end("b", "b7");
        assertThat(fixture.dispatched()).containsExactly("a1", "a2", "b6", "a3", "b7", "a4");
    }

    /** Everything is taken up anew, and nobody counts as having come back. */
    @Test
    void anotherSpeedChangesNoTurn() {
        LaneState before = fixture.lane.state();
        fixture.report(worker.heartbeat(Capacities.withSpeed(CAPACITY, 2, 30), fixture.lastSync()));
        assertThat(fixture.lane.state().order()).isEqualTo(before.order());
    }
}
