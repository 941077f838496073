package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;

import java.util.Comparator;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Finds the KV memory of an engine that ran out of it. What a log shows of it is too much, because
 * requests that lost their memory look as if they ran: so lower values are tried, each with a fit
 * of three terms, and the one whose fit is best is taken.
 */
public final class KvSearch {
    private static final double LOWEST = 0.6;
    private static final double HIGHEST = 1.05;
    private static final int COARSE_STEPS = 9;
    private static final int FINE_STEPS = 4;

    private final MeasuredEngine engine;
    private final MeasuredLog log;
    private final Map<StepTerm, Double> floors;

    /**
     * A search.
     *
     * @param engine the measured engine; its KV memory and step cost are not looked at
     * @param log what is known
     * @param floors lower bounds of coefficients in seconds
     */
    public KvSearch(MeasuredEngine engine, MeasuredLog log, Map<StepTerm, Double> floors) {
        this.engine = engine;
        this.log = log;
        this.floors = floors;
    }

    /**
     * The engine with the KV memory that explains the log best.
     *
     * @param shownTokens what the log shows of it, see {@link LogEvidence#kvTokens}, for one
     *     replica
     */
    public MeasuredEngine near(long shownTokens) {
        double step = (HIGHEST - LOWEST) / COARSE_STEPS;
        Candidate coarse = best(shownTokens, LOWEST, step, COARSE_STEPS);
        double fine = 2 * step / FINE_STEPS;
        return best(shownTokens, coarse.factor() - step, fine, FINE_STEPS).engine();
    }

    private record Candidate(double factor, MeasuredEngine engine, double loss) {}

    private Candidate best(long shownTokens, double from, double step, int steps) {
        return IntStream.rangeClosed(0, steps)
                .parallel()
                .mapToObj(i -> attempt(shownTokens, from + i * step))
                .min(Comparator.comparingDouble(Candidate::loss))
                .orElseThrow();
    }

    private Candidate attempt(long shownTokens, double factor) {
        MeasuredEngine candidate = withKvTokens(engine, Math.round(shownTokens * factor));
        FittedCost fit = new LogFit(candidate, floors).fit(log, StepCostForm.THREE_TERMS);
        return new Candidate(factor, candidate, fit.quality().loss());
    }

    /** Engines with another KV memory, at least so large that the longest request fits. */
    private MeasuredEngine withKvTokens(MeasuredEngine other, long tokens) {
        EngineProfile profile = other.profile();
        EngineLimits limits = profile.limits();
        long longest =
                log.requests().stream()
                        .mapToLong(r -> r.request().promptTokens() + r.request().producedTokens())
                        .max()
                        .orElse(1);
        long blocks = (Math.max(tokens, longest) - 1) / limits.blockTokens() + 2;
        return new MeasuredEngine(
                profile.withLimits(limits.withKvBlocks((int) Math.min(blocks, Integer.MAX_VALUE))),
                other.replicas());
    }
}
