package io.sluice.sim.fleet;

import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;
import io.sluice.sim.workload.SimulatedRequest;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** Groups on a simulated machine of two slots, 10 ms for each step whoever is in it. */
class ClosedBatchRunTest {

    private static final long MILLI = 1_000_000;

    private final List<RequestResult> results = new ArrayList<>();

    private void run(String ordering, String batching, SimulatedRequest... requests) {
        EngineProfile machine =
                new EngineProfile(
                        "10 ms per step",
                        "any",
                        "any",
                        LinearStepCost.ofStep(0.01),
                        new EngineLimits(2, Integer.MAX_VALUE, 16, 1_000, 10_000),
                        new BatchingRules(PrefillMode.CHUNKED, false, 0));
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering(ordering), new FitsInstance())
                        .with(PolicyCatalog.batchings().make(batching));
        FleetSetup setup =
                new FleetSetup(List.of(machine), policies, "round-robin", KvRetention.FREE);
        new FleetSimulation(setup, results::add).run(List.of(requests).iterator());
    }

    private static SimulatedRequest request(int index, long arrivalMillis, int outputTokens) {
        return SimulatedRequest.of(index, arrivalMillis * MILLI, 1, outputTokens);
    }

    /** Index and end in milliseconds of each request, in the order in which they ended. */
    private List<String> ends() {
        return results.stream()
                .map(r -> r.request().index() + "@" + r.endedNanos() / MILLI)
                .toList();
    }

    @Test
    void aFreedPlaceStaysEmptyUntilTheLastOfTheGroupHasEnded() {
        run("fcfs", "closed:wait=0ms", request(0, 0, 2), request(1, 0, 10), request(2, 0, 1));
        assertThat(ends()).containsExactly("0@20", "1@100", "2@110");
    }

    @Test
    void continuousBatchingFillsItAtOnce() {
        run("fcfs", "continuous", request(0, 0, 2), request(1, 0, 10), request(2, 0, 1));
        assertThat(ends()).containsExactly("0@20", "2@30", "1@100");
    }

    @Test
    void aGroupThatIsNotFullWaitsForItsOldest() {
        run("fcfs", "closed:size=2,wait=30ms", request(0, 5, 1), request(1, 50, 1));
        assertThat(ends()).containsExactly("0@45", "1@90");
    }

    @Test
    void aFullGroupDoesNotWait() {
        run("fcfs", "closed:size=2,wait=30ms", request(0, 5, 1), request(1, 20, 1));
        assertThat(ends()).containsExactly("0@30", "1@30");
    }

    /** Without it the first of a burst would go before the lane has heard of the others. */
    @Test
    void whatArrivesTogetherIsSeenBeforeTheFirstDecision() {
        run("sjf", "closed:size=1,wait=0ms", request(0, 0, 9), request(1, 0, 1), request(2, 0, 4));
        assertThat(ends()).containsExactly("1@10", "2@50", "0@140");
    }

    /** The machine keeps the order of what it cannot run at once. */
    @Test
    void aGroupMayBeLargerThanTheMachine() {
        run("sjf", "closed:size=3,wait=1s", request(0, 0, 5), request(1, 0, 1), request(2, 0, 2));
        assertThat(ends()).containsExactly("1@10", "2@20", "0@60");
    }
}
