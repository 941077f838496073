package io.sluice.sim.result;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.workload.SimulatedRequest;
import io.sluice.sim.workload.StudyEngines;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** On an engine that takes 30 ms for each token and nothing for prompts. */
class RunCollectorTest {

    private static final long SECOND = 1_000_000_000L;
    private static final EngineProfile ENGINE = StudyEngines.constantStep(4, 0.03);

    private final RunCollector collector = new RunCollector(ENGINE);

    private static SimulatedRequest request(int index, String tenant) {
        return SimulatedRequest.of(index, SECOND, 10, 101).withTenant(tenant);
    }

    private void ended(SimulatedRequest request, double ttft, double latency, long pauseNanos) {
        collector.ended(
                new RequestResult(
                        request,
                        Outcome.COMPLETED,
                        0,
                        SECOND,
                        SECOND + Math.round(ttft * SECOND),
                        SECOND + Math.round(latency * SECOND),
                        0,
                        0,
                        pauseNanos,
                        request.outputTokens(),
                        null));
    }

    private void refused(SimulatedRequest request) {
        collector.ended(
                new RequestResult(
                        request,
                        Outcome.REJECTED_CAPACITY,
                        -1,
                        RequestResult.NOT,
                        RequestResult.NOT,
                        SECOND,
                        0,
                        0,
                        0,
                        0,
                        "full"));
    }

    private RunFigures figures() {
        return collector.figures(List.of());
    }

    @Test
    void attainmentIsOfThoseThatWerePromisedSomething() {
        SloTarget targets = new SloTarget(500, 31, Double.NaN);
        ended(request(0, "a").withTargets(targets), 0.4, 3.4, 0);
        ended(request(1, "a").withTargets(targets), 0.6, 3.6, 0);
        refused(request(2, "a").withTargets(targets));
        ended(request(3, "a"), 90, 93, 0);
        assertThat(figures().quality().attainment()).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(figures().quality().goodput()).isCloseTo(1 / 94.0, within(1e-12));
    }

    @Test
    void nothingPromisedIsNothingKept() {
        ended(request(0, "a"), 1, 4, 0);
        assertThat(figures().quality().attainment()).isNaN();
        assertThat(figures().quality().goodput()).isNaN();
    }

    @Test
    void tenantsAreEqualIfTheirRequestsWaitedAsLongInProportion() {
        ended(request(0, "a"), 3, 6, 0);
        ended(request(1, "b"), 3, 6, 0);
        ended(request(2, "b"), 3, 6, 0);
        assertThat(figures().quality().jain()).isCloseTo(1, within(1e-12));
    }

    @Test
    void aTenantThatGetsNothingHasNoShare() {
        ended(request(0, "a"), 0.03, 3.03, 0);
        refused(request(1, "b"));
        assertThat(figures().quality().jain()).isCloseTo(0.5, within(1e-12));
    }

    @Test
    void theLongestWaitIsForTheFirstTokenOrInAnInterruption() {
        ended(request(0, "a"), 2, 9, SECOND);
        ended(request(1, "a"), 2, 9, 5 * SECOND);
        assertThat(figures().quality().longestWait().mean()).isCloseTo(3.5, within(1e-12));
        assertThat(figures().quality().longestWait().max()).isEqualTo(5);
    }

    @Test
    void timesAreOfThoseThatCompleted() {
        ended(request(0, "a").withRank(1, 1), 2, 9, 0);
        refused(request(1, "a"));
        RunFigures figures = figures();
        assertThat(figures.requests()).isEqualTo(2);
        assertThat(figures.completed()).isEqualTo(1);
        assertThat(figures.latency().mean()).isEqualTo(9);
        assertThat(figures.byRank()).containsOnlyKeys(1);
        assertThat(figures.waits().ttft().mean()).isEqualTo(2);
        assertThat(figures.waits().tpot().mean()).isCloseTo(0.07, within(1e-12));
        assertThat(figures.makespan()).isEqualTo(10);
    }
}
