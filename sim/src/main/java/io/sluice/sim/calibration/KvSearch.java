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
    private static final int STEPS = 9;

    /** How often the neighbourhood of the best is looked at more closely. */
    private static final int CLOSER = 2;

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
        double low = LOWEST;
        double high = HIGHEST;
        Candidate best = best(shownTokens, low, high);
        for (int i = 0; i < CLOSER; i++) {
            double step = (high - low) / STEPS;
            low = best.factor() - step;
            high = best.factor() + step;
            Candidate closer = best(shownTokens, low, high);
            best = closer.loss() < best.loss() ? closer : best;
        }
        return best.engine();
    }

    private record Candidate(double factor, MeasuredEngine engine, double loss) {}

    private Candidate best(long shownTokens, double low, double high) {
        return IntStream.rangeClosed(0, STEPS)
                .parallel()
                .mapToObj(i -> attempt(shownTokens, low + i * (high - low) / STEPS))
                .min(Comparator.comparingDouble(Candidate::loss))
                .orElseThrow();
    }

    private Candidate attempt(long shownTokens, double factor) {
        MeasuredEngine candidate = withKvTokens(engine, Math.round(shownTokens * factor));
        double loss = new LogFit(candidate, floors).roughLoss(log, StepCostForm.THREE_TERMS);
        return new Candidate(factor, candidate, loss);
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
