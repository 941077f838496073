package io.sluice.sim.result;

import io.sluice.core.model.Outcome;
import io.sluice.sim.engine.EngineCounters;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;

import java.util.List;

/** Adds up a run while it happens. */
public final class RunCollector implements RunListener {

    private static final double NANOS_PER_SECOND = 1e9;

    private final SamplesByRank latency = new SamplesByRank();
    private final Samples queue = new Samples();
    private final Samples ttft = new Samples();
    private final Samples tpot = new Samples();
    private final Samples perToken = new Samples();
    private final WorkflowTimes workflows = new WorkflowTimes();
    private final QualityCollector quality;
    private long requests;
    private long completed;
    private long misses;
    private long rejectedEarly;
    private long wastedTokens;
    private long interruptions;
    private long endNanos;

    /**
     * Nothing yet.
     *
     * @param engine on which a request's time without waiting is reckoned, to compare tenants by
     */
    public RunCollector(EngineProfile engine) {
        quality = new QualityCollector(engine);
    }

    @Override
    public void ended(RequestResult result) {
        requests++;
        quality.add(result);
        interruptions += result.interruptions();
        endNanos = Math.max(endNanos, result.endedNanos());
        workflows.add(result);
        if (result.missesDeadline()) {
            misses++;
        }
        if (result.outcome() == Outcome.REJECTED_DEADLINE
                && result.endedNanos() < result.request().deadlineNanos()) {
            rejectedEarly++;
        }
        if (!result.isCompleted() || result.missesDeadline()) {
            wastedTokens += result.madeTokens();
        }
        if (result.isCompleted()) {
            completed++;
            add(result);
        }
    }

    private void add(RequestResult result) {
        double seconds = result.latencySeconds();
        latency.add(result.request().trueRank(), seconds);
        queue.add(result.queueSeconds());
        ttft.add(result.ttftSeconds());
        tpot.add(result.tpotSeconds());
        perToken.add(seconds / result.request().outputTokens());
    }

    /**
     * What it came to.
     *
     * @param engines totals of each engine
     */
    public RunFigures figures(List<EngineCounters> engines) {
        double makespan = endNanos / NANOS_PER_SECOND;
        return new RunFigures(
                requests,
                completed,
                latency.all(),
                latency.byRank(),
                new RunFigures.Waits(
                        queue.distribution(),
                        ttft.distribution(),
                        tpot.distribution(),
                        perToken.distribution()),
                makespan,
                makespan == 0 ? 0 : completed / makespan,
                work(engines),
                new RunFigures.Deadlines(misses, rejectedEarly, wastedTokens),
                quality.quality(makespan),
                workflows.figures(),
                RunFigures.Answers.NOT_ASKED);
    }

    private RunFigures.Work work(List<EngineCounters> engines) {
        long steps = engines.stream().mapToLong(EngineCounters::steps).sum();
        long decodes = engines.stream().mapToLong(EngineCounters::decodeTokens).sum();
        long prompts = engines.stream().mapToLong(EngineCounters::prefillTokens).sum();
        long cached = engines.stream().mapToLong(EngineCounters::cachedTokens).sum();
        long preemptions = engines.stream().mapToLong(EngineCounters::preemptions).sum();
        return new RunFigures.Work(
                steps,
                steps == 0 ? 0 : (double) decodes / steps,
                prompts + cached == 0 ? 0 : (double) cached / (prompts + cached),
                Math.max(preemptions, interruptions));
    }
}
