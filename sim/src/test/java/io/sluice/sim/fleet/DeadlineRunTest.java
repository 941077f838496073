package io.sluice.sim.fleet;

import io.sluice.core.model.Outcome;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.random.Draws;
import io.sluice.sim.result.RunCollector;
import io.sluice.sim.result.RunFigures;
import io.sluice.sim.workload.ArrivalShape;
import io.sluice.sim.workload.LengthSource;
import io.sluice.sim.workload.SimulatedRequest;
import io.sluice.sim.workload.StudyEngines;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.DoubleSupplier;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deadlines under one and a half times the load that can be served, 30 ms a token: what is missed,
 * what is rejected at once, and what is computed for nobody.
 */
class DeadlineRunTest {

    private static final String NONE = "fits";
    private static final long SECOND = 1_000_000_000;
    private static final int REQUESTS = 600;
    private static final long SEED = 3;

    private final List<RequestResult> results = new ArrayList<>();

    private RunFigures run(
            int slots, String ordering, String admission, String batching, double sigma) {
        double perSecond = 1.5 * slots / (0.03 * 50);
        EngineProfile machine = StudyEngines.constantStep(slots, StudyEngines.TOKEN_SECONDS);
        LanePolicies policies =
                LanePolicies.of(
                                PolicyCatalog.ordering(ordering),
                                PolicyCatalog.admissions().make(admission))
                        .with(PolicyCatalog.batchings().make(batching));
        RunCollector collector = new RunCollector(machine);
        results.clear();
        FleetSimulation simulation =
                new FleetSimulation(
                        new FleetSetup(List.of(machine), policies, "round-robin", KvRetention.FREE),
                        result -> {
                            results.add(result);
                            collector.ended(result);
                        });
        simulation.run(requests(perSecond, sigma));
        return collector.figures(simulation.counters());
    }

    /** Answers of 1 to 99 tokens, due 2 to 20 s after they were asked for. */
    private static Iterator<SimulatedRequest> requests(double perSecond, double sigma) {
        DoubleSupplier gaps = ArrivalShape.poisson(perSecond).gaps(Draws.of(SEED, "arrivals"));
        LengthSource lengths = new LengthSource.Uniform(1, 99);
        Draws outputs = Draws.of(SEED, "outputs");
        Draws predictions = Draws.of(SEED, "predictions");
        Draws deadlines = Draws.of(SEED, "deadlines");
        List<SimulatedRequest> requests = new ArrayList<>();
        double now = 0;
        for (int i = 0; i < REQUESTS; i++) {
            now += gaps.getAsDouble();
            long arrival = (long) (now * SECOND);
            int output = lengths.draw(outputs);
            int predicted = (int) Math.max(1, Math.round(predictions.logNormal(output, sigma)));
            long allowed = 2 * SECOND + (long) (18 * SECOND * deadlines.uniform());
            requests.add(
                    SimulatedRequest.of(i, arrival, 8, output)
                            .withPrediction(predicted)
                            .withDeadline(arrival + allowed));
        }
        return requests.iterator();
    }

    private RunFigures run(String ordering, String admission) {
        return run(4, ordering, admission, "continuous:look-ahead=none", 0);
    }

    @Test
    void withoutEarlyRejectionMuchIsComputedForNobody() {
        RunFigures open = run("fcfs", NONE);
        RunFigures guarded = run("fcfs", "deadline:quantile=0.9,sigma=0.2");

        assertThat(open.deadlines().rejectedEarly()).isZero();
        assertThat(guarded.deadlines().rejectedEarly()).isGreaterThan(100);
        assertThat(guarded.deadlines().misses())
                .isLessThan((long) (0.9 * open.deadlines().misses()));
        assertThat(guarded.deadlines().wastedTokens())
                .isLessThan(open.deadlines().wastedTokens() / 20);
    }

    /** On one place, first come first served, with right predictions, nothing is guessed. */
    @Test
    void whereThePredictionIsRightSoIsTheVerdict() {
        RunFigures figures =
                run(1, "fcfs", "deadline:quantile=0.5,sigma=0", "continuous:look-ahead=none", 0);

        assertThat(figures.deadlines().rejectedEarly()).isEqualTo(figures.deadlines().misses());
        assertThat(figures.deadlines().wastedTokens()).isZero();
        assertThatEachRejectedOneWouldHaveBeenLate();
    }

    /** What was let in before it runs until its deadline, or leaves less time than it needs. */
    private void assertThatEachRejectedOneWouldHaveBeenLate() {
        long step = 30_000_000;
        for (RequestResult rejected : results) {
            if (rejected.outcome() == Outcome.REJECTED_DEADLINE) {
                SimulatedRequest request = rejected.request();
                long free =
                        results.stream()
                                .filter(RequestResult::isCompleted)
                                .filter(other -> other.request().index() < request.index())
                                .mapToLong(RequestResult::endedNanos)
                                .max()
                                .orElse(0);
                long start = Math.max(free, request.arrivalNanos());
                assertThat(start + request.outputTokens() * step)
                        .isGreaterThan(request.deadlineNanos() - 3_000_000);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"edf", "least-slack", "fcfs"})
    void theSurerTheFewerOfThoseLetInAreLate(String ordering) {
        double before = 1;
        for (String quantile : List.of("0.1", "0.5", "0.99")) {
            RunFigures figures =
                    run(
                            4,
                            ordering,
                            "deadline:sigma=0.5,quantile=" + quantile,
                            "continuous:look-ahead=none",
                            0.5);
            long letIn = figures.requests() - figures.deadlines().rejectedEarly();
            double late =
                    (double) (figures.deadlines().misses() - figures.deadlines().rejectedEarly())
                            / letIn;
            assertThat(late).as(quantile).isLessThan(before);
            before = late;
        }
        assertThat(before).isLessThan(0.05);
    }

    /** Earliest deadline first is the worst under overload: it works at what is lost. */
    @Test
    void underOverloadGivingUpTheRightOnesMissesLeast() {
        String groups = "closed:size=24,tokens=100000,wait=0ms";
        RunFigures byDeadline = run(1, "edf", NONE, groups, 0);
        RunFigures fewestLate = run(1, "moore-hodgson", NONE, groups, 0);

        assertThat(fewestLate.deadlines().misses())
                .isLessThan((long) (0.9 * byDeadline.deadlines().misses()));
        assertThat(fewestLate.requests()).isEqualTo(byDeadline.requests()).isEqualTo(600);
    }

    /** Four at once, joining and leaving one by one: 455, 230 and 113 of 600 are late. */
    @Test
    void inAContinuousBatchTooItMissesLeast() {
        RunFigures byDeadline = run("edf", NONE);
        RunFigures byArrival = run("fcfs", NONE);
        RunFigures fewestLate = run("moore-hodgson", NONE);

        assertThat(fewestLate.deadlines().misses())
                .isLessThan(byArrival.deadlines().misses() * 2 / 3);
        assertThat(byArrival.deadlines().misses())
                .isLessThan(byDeadline.deadlines().misses() * 2 / 3);
        assertThat(fewestLate.deadlines().wastedTokens()).isZero();
    }
}
