package io.sluice.apps.simulate;

import io.sluice.core.model.Outcome;
import io.sluice.sim.engine.StudyCoefficients;
import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.RunFigures;
import io.sluice.sim.result.SamplesByRank;
import io.sluice.sim.sequential.CorrectedSequential;
import io.sluice.sim.sequential.ReferenceSequential;
import io.sluice.sim.sequential.SequentialCost;
import io.sluice.sim.sequential.SequentialResult;
import io.sluice.sim.sequential.SequentialScheduler;
import io.sluice.sim.sequential.StudySequential;
import io.sluice.sim.workload.PredictorStage;
import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;
import io.sluice.sim.workload.SimulatedRequest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * One request at a time on one GPU, as in the first versions of the "semantic scheduling" study.
 * Here {@code semantic} is the study's program to the letter, its defects included, and {@code
 * semantic-corrected} what it aims at. Times count from the release by the predictors, as in the
 * study.
 */
final class SequentialStudy implements Study {

    private static final double NANOS_PER_SECOND = 1e9;

    private static final Map<String, Function<SequentialCost, SequentialScheduler>> POLICIES =
            policies();

    private final Map<String, String> conditions;
    private final SemanticSettings settings;
    private final SequentialCost cost;

    SequentialStudy(
            Map<String, String> conditions,
            SemanticSettings settings,
            StudyCoefficients coefficients) {
        this.conditions = conditions;
        this.settings = settings;
        this.cost = SequentialCost.of(coefficients);
    }

    private static Map<String, Function<SequentialCost, SequentialScheduler>> policies() {
        Map<String, Function<SequentialCost, SequentialScheduler>> policies = new TreeMap<>();
        policies.put("semantic", StudySequential::of);
        policies.put("semantic-corrected", CorrectedSequential::new);
        for (ReferenceSequential.Order order : ReferenceSequential.Order.values()) {
            String name = new ReferenceSequential(order, ANY_COST).name();
            policies.put(name, cost -> new ReferenceSequential(order, cost));
        }
        return policies;
    }

    private static final SequentialCost ANY_COST = SequentialCost.of(StudyCoefficients.A100_4B);

    @Override
    public Map<String, String> conditions() {
        Map<String, String> all = new LinkedHashMap<>(conditions);
        all.put("processing", "sequential");
        return all;
    }

    @Override
    public void check(List<String> policies) {
        policies.forEach(this::scheduler);
    }

    private SequentialScheduler scheduler(String policy) {
        Function<SequentialCost, SequentialScheduler> maker = POLICIES.get(policy);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "unknown policy '%s' for --processing sequential; choose from %s"
                            .formatted(policy, String.join(", ", POLICIES.keySet())));
        }
        return maker.apply(cost);
    }

    @Override
    public RunFigures run(String policy, long seed, CpuClock clock, RunListener results) {
        SequentialScheduler scheduler = scheduler(policy);
        List<SimulatedRequest> requests = workload(scheduler).list(seed);
        clock.start();
        SequentialResult result = scheduler.run(requests);
        clock.stop();
        result.served().forEach(served -> results.ended(result(served)));
        return figures(result);
    }

    /** The study's references know all lengths at once; only its own scheduler waits for them. */
    private SemanticWorkload workload(SequentialScheduler scheduler) {
        return new SemanticWorkload(
                scheduler instanceof ReferenceSequential
                        ? settings.withPredictors(PredictorStage.NONE)
                        : settings);
    }

    private static RequestResult result(SequentialResult.Served served) {
        return new RequestResult(
                served.request(),
                Outcome.COMPLETED,
                0,
                RequestResult.NOT,
                RequestResult.NOT,
                Math.round(served.completionSeconds() * NANOS_PER_SECOND),
                0,
                0,
                0,
                served.request().outputTokens(),
                null);
    }

    private static RunFigures figures(SequentialResult result) {
        SamplesByRank waiting = new SamplesByRank();
        for (SequentialResult.Served served : result.served()) {
            waiting.add(served.request().trueRank(), served.waitingSeconds());
        }
        int requests = result.served().size();
        double makespan = result.makespanSeconds();
        return new RunFigures(
                requests,
                requests,
                waiting.all(),
                waiting.byRank(),
                RunFigures.Waits.UNKNOWN,
                makespan,
                makespan == 0 ? 0 : requests / makespan,
                new RunFigures.Work(0, 1, 0, result.preemptions()),
                RunFigures.Deadlines.NONE,
                RunFigures.Quality.UNKNOWN,
                RunFigures.Workflows.NONE,
                RunFigures.Answers.NOT_ASKED);
    }
}
