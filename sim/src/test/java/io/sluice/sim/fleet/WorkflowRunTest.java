package io.sluice.sim.fleet;

import io.sluice.core.model.OnFailure;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.policy.admission.FitsInstance;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.result.RunCollector;
import io.sluice.sim.result.RunFigures;
import io.sluice.sim.workload.ArrivalShape;
import io.sluice.sim.workload.LengthSource;
import io.sluice.sim.workload.LongestChain;
import io.sluice.sim.workload.SimulatedRequest;
import io.sluice.sim.workload.StudyEngines;
import io.sluice.sim.workload.WorkflowSettings;
import io.sluice.sim.workload.WorkflowSettings.Shape;
import io.sluice.sim.workload.WorkflowStep;
import io.sluice.sim.workload.WorkflowStep.Edge;
import io.sluice.sim.workload.WorkflowWorkload;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** The gate in a simulated fleet: 30 ms for each token, whoever else runs. */
class WorkflowRunTest {

    private static final long SECOND = 1_000_000_000;
    private static final double STEP_SECONDS = 0.03;

    private final Map<Integer, RequestResult> results = new LinkedHashMap<>();

    private RunFigures run(int slots, String ordering, Iterator<SimulatedRequest> requests) {
        EngineProfile machine = StudyEngines.constantStep(slots, STEP_SECONDS);
        LanePolicies policies =
                LanePolicies.of(PolicyCatalog.ordering(ordering), new FitsInstance())
                        .with(PolicyCatalog.batchings().make("continuous:look-ahead=none"));
        RunCollector collector = new RunCollector(machine);
        results.clear();
        FleetSimulation simulation =
                new FleetSimulation(
                        new FleetSetup(List.of(machine), policies, "round-robin", KvRetention.FREE),
                        result -> {
                            results.put(result.request().index(), result);
                            collector.ended(result);
                        });
        simulation.run(requests);
        return collector.figures(simulation.counters());
    }

    private RunFigures run(int slots, String ordering, SimulatedRequest... requests) {
        return run(slots, ordering, List.of(requests).iterator());
    }

    private static SimulatedRequest step(int index, int outputTokens, Edge... waitFor) {
        return SimulatedRequest.of(index, 0, 1, outputTokens)
                .withStep(new WorkflowStep("w", Arrays.asList(waitFor)));
    }

    /** A request that no machine here can hold, so that it fails. */
    private static SimulatedRequest impossible(int index, Edge... waitFor) {
        return SimulatedRequest.of(index, 0, 1_000_000, 1)
                .withStep(new WorkflowStep("w", Arrays.asList(waitFor)));
    }

    private static Edge on(int index, OnFailure rule) {
        return new Edge(index, 0, rule);
    }

    private double endSeconds(int index) {
        return (double) results.get(index).endedNanos() / SECOND;
    }

    private String outcome(int index) {
        return results.get(index).outcome().wireName();
    }

    @Test
    void aJoinRunsWhenTheLastThatItWaitsForHasEnded() {
        RunFigures figures =
                run(
                        8,
                        "fcfs",
                        step(0, 10, Edge.on(1), Edge.on(2)),
                        step(1, 100, Edge.on(3)),
                        step(2, 20, Edge.on(3)),
                        step(3, 50));

        assertThat(endSeconds(3)).isEqualTo(1.5);
        assertThat(endSeconds(2)).isEqualTo(2.1);
        assertThat(endSeconds(1)).isEqualTo(4.5);
        assertThat(endSeconds(0)).isEqualTo(4.8);
        assertThat(figures.workflows().count()).isEqualTo(1);
        assertThat(figures.workflows().latency().mean()).isEqualTo(4.8);
    }

    @Test
    void noStepOfManyWorkflowsRunsBeforeThoseThatItWaitsFor() {
        RunFigures figures = run(6, "critical-path", workload(40).requests(2));

        assertThat(figures.completed()).isEqualTo(figures.requests());
        assertThat(figures.workflows().count()).isEqualTo(40);
        assertThat(figures.workflows().completed()).isEqualTo(40);
        for (RequestResult result : results.values()) {
            for (Edge edge : result.request().step().waitFor()) {
                assertThat(result.dispatchedNanos())
                        .isGreaterThanOrEqualTo(results.get(edge.index()).endedNanos());
            }
        }
    }

    /** With room for all. A step that may run waits for the end of the machine's own step. */
    @Test
    void aWorkflowTakesItsLongestChain() {
        List<SimulatedRequest> requests = new ArrayList<>();
        workload(1).requests(6).forEachRemaining(requests::add);
        double chain = STEP_SECONDS * LongestChain.of(requests, SimulatedRequest::outputTokens);
        double layers = LongestChain.of(requests, request -> 1);

        RunFigures figures = run(64, "fcfs", requests.iterator());

        assertThat(requests).hasSizeGreaterThan(5);
        assertThat(figures.workflows().latency().max())
                .isBetween(chain - 1e-9, chain + layers * STEP_SECONDS);
    }

    private static WorkflowWorkload workload(int workflows) {
        return new WorkflowWorkload(
                new WorkflowSettings(
                        workflows,
                        new ArrivalShape.Together(),
                        new Shape(1, 8, 6, 0.3),
                        new LengthSource.Fixed(1),
                        new LengthSource.Uniform(5, 100)));
    }

    @Test
    void whatAFailureMeansIsSaidByTheEdge() {
        RunFigures figures =
                run(
                        8,
                        "fcfs",
                        impossible(0, Edge.on(1)),
                        step(1, 10),
                        step(2, 1, on(0, OnFailure.FAIL)),
                        step(3, 1, on(2, OnFailure.FAIL)),
                        step(4, 1, on(0, OnFailure.RELEASE)),
                        step(5, 1, on(0, OnFailure.REPLAN)));

        assertThat(outcome(0)).isEqualTo("RejectedTooLong");
        assertThat(outcome(2)).isEqualTo("RejectedDependency");
        assertThat(results.get(2).message()).contains("ended as RejectedTooLong");
        assertThat(outcome(3)).isEqualTo("RejectedDependency");
        assertThat(outcome(4)).isEqualTo("Completed");
        assertThat(endSeconds(4))
                .as("known to be impossible once the fleet has settled, after two seconds")
                .isEqualTo(2.03);
        assertThat(outcome(5)).isEqualTo("Completed");
        assertThat(figures.workflows().count()).isEqualTo(1);
        assertThat(figures.workflows().completed()).isZero();
    }

    @Test
    void whatNobodySubmitsIsWaitedForOnlySoLong() {
        run(
                8,
                "fcfs",
                step(0, 1, Edge.on(7)),
                step(1, 1, on(7, OnFailure.RELEASE)),
                step(2, 1, on(7, OnFailure.RELEASE)).withDeadline(9 * SECOND));

        assertThat(outcome(0)).isEqualTo("RejectedDependency");
        assertThat(endSeconds(0)).isBetween(60.0, 61.0);
        assertThat(outcome(1)).isEqualTo("Completed");
        assertThat(endSeconds(1)).isBetween(60.0, 61.0);
        assertThat(outcome(2)).as("its own time is up before").isEqualTo("EvictedTTL");
        assertThat(endSeconds(2)).isEqualTo(9);
    }

    @Test
    void aCycleEndsAtOnce() {
        run(8, "fcfs", step(0, 1, Edge.on(1)), step(1, 1, Edge.on(0)), step(2, 3));

        assertThat(outcome(0)).isEqualTo("RejectedDependency");
        assertThat(outcome(1)).isEqualTo("RejectedDependency");
        assertThat(results.get(1).message()).contains("which waits for");
        assertThat(endSeconds(1)).isZero();
        assertThat(endSeconds(2)).isEqualTo(0.09);
    }

    /** The other requests are of a class between those before and after it is raised. */
    @Test
    void aGradedEdgeMakesMoreUrgentAndHoldsNothing() {
        SimulatedRequest plain = SimulatedRequest.of(1, 0, 1, 10).withRank(2, 2);
        SimulatedRequest low = step(2, 10).withRank(3, 3);
        SimulatedRequest asking = step(3, 10, new Edge(2, 2, OnFailure.FAIL)).withRank(3, 3);
        SimulatedRequest first = SimulatedRequest.of(0, 0, 1, 10);

        run(1, "priority", first, plain, low, step(3, 10).withRank(3, 3));
        assertThat(results.keySet()).containsExactly(0, 1, 2, 3);
        run(1, "priority", first, plain, low, asking);
        assertThat(results.keySet()).containsExactly(0, 2, 1, 3);
    }

    /** A burst ends when its longest chain does, if that is not left for last: a tenth sooner. */
    @Test
    void theCriticalPathFirstEndsABurstSooner() {
        double parts = 0;
        for (long seed = 0; seed < 5; seed++) {
            RunFigures arrival = run(16, "fcfs", workload(30).requests(seed));
            RunFigures critical = run(16, "critical-path", workload(30).requests(seed));
            assertThat(critical.makespan()).isLessThan(arrival.makespan());
            parts += critical.makespan() / arrival.makespan();
        }
        assertThat(parts / 5).isLessThan(0.92);
    }

    /**
     * The chain waits for a request that is neither the first nor the shortest, and is submitted
     * while that waits. When a step has ended the machine takes what is there, and hears then that
     * the next may run.
     */
    @Test
    void theCriticalPathHurriesAChainThatIsSubmittedStepByStep() {
        SimulatedRequest[] requests = {
            SimulatedRequest.of(0, 0, 1, 50),
            SimulatedRequest.of(1, SECOND / 10, 1, 10),
            SimulatedRequest.of(2, SECOND / 10, 1, 20),
            SimulatedRequest.of(3, SECOND / 10, 1, 20).withStep(new WorkflowStep("w", List.of())),
            late(4, 5, 3),
            late(5, 5, 4),
            late(6, 15, 5)
        };

        run(1, "critical-path", requests);
        assertThat(results.keySet()).containsExactly(0, 3, 1, 4, 2, 5, 6);
        run(1, "semantic", requests);
        assertThat(results.keySet()).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    private static SimulatedRequest late(int index, int outputTokens, int after) {
        return SimulatedRequest.of(index, index * SECOND / 10, 1, outputTokens)
                .withStep(new WorkflowStep("w", List.of(Edge.on(after))));
    }

    /** Each step comes a moment after the one before: about 7 % sooner, on average. */
    @Test
    void theCriticalPathFirstEndsABurstOfGrowingWorkflowsSooner() {
        double parts = 0;
        for (long seed = 0; seed < 5; seed++) {
            List<SimulatedRequest> requests = stepByStep(workload(30).requests(seed), SECOND / 50);
            RunFigures arrival = run(16, "fcfs", requests.iterator());
            RunFigures critical = run(16, "critical-path", requests.iterator());
            parts += critical.makespan() / arrival.makespan();
        }
        assertThat(parts / 5).isLessThan(0.95);
    }

    /** The same workflows, the first step of each first, and the others apart by so much. */
    private static List<SimulatedRequest> stepByStep(
            Iterator<SimulatedRequest> requests, long gapNanos) {
        List<SimulatedRequest> lastFirst = new ArrayList<>();
        requests.forEachRemaining(lastFirst::add);
        Collections.reverse(lastFirst);
        Map<String, Integer> steps = new HashMap<>();
        Map<SimulatedRequest, Long> arrivals = new HashMap<>();
        for (SimulatedRequest request : lastFirst) {
            int step = steps.merge(request.step().workflow(), 1, Integer::sum);
            arrivals.put(request, step * gapNanos);
        }
        lastFirst.sort(Comparator.comparing(arrivals::get));
        Map<Integer, Integer> places = new HashMap<>();
        lastFirst.forEach(request -> places.put(request.index(), places.size()));
        return lastFirst.stream().map(it -> moved(it, arrivals.get(it), places)).toList();
    }

    private static SimulatedRequest moved(
            SimulatedRequest request, long arrivalNanos, Map<Integer, Integer> places) {
        List<Edge> waitFor =
                request.step().waitFor().stream()
                        .map(edge -> Edge.on(places.get(edge.index())))
                        .toList();
        return SimulatedRequest.of(
                        places.get(request.index()),
                        arrivalNanos,
                        request.promptTokens(),
                        request.outputTokens())
                .withStep(new WorkflowStep(request.step().workflow(), waitFor));
    }

    /** One workflow at a time, wider than the machine: about 4 % sooner, on average. */
    @Test
    void theCriticalPathFirstEndsTheMeanWorkflowSooner() {
        WorkflowWorkload apart =
                new WorkflowWorkload(
                        new WorkflowSettings(
                                80,
                                new ArrivalShape.Gamma(0.004, 4),
                                new Shape(10, 14, 8, 0.2),
                                new LengthSource.Fixed(1),
                                new LengthSource.LogNormal(40, 0.5, 1_000)));
        for (long seed = 0; seed < 3; seed++) {
            double arrival = meanSeconds("fcfs", apart, seed);
            double shortest = meanSeconds("sjf", apart, seed);
            double critical = meanSeconds("critical-path", apart, seed);
            assertThat(critical).isLessThan(0.98 * arrival).isLessThan(0.98 * shortest);
        }
    }

    private double meanSeconds(String ordering, WorkflowWorkload workload, long seed) {
        return run(3, ordering, workload.requests(seed)).workflows().latency().mean();
    }
}
