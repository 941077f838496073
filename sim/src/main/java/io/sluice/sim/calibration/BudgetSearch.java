package io.sluice.sim.calibration;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Finds the token budget of an engine whose settings were not written down: usual ones are tried,
 * each with a fit of three terms. Where prompts never fill a step all are alike, and the usual one
 * stays.
 */
public final class BudgetSearch {
    private static final List<Integer> USUAL = List.of(512, 1_024, 2_048, 4_096, 8_192, 16_384);

    /** Another budget than the default has to make the loss smaller by this part. */
    private static final double WORTH_IT = 0.1;

    private final MeasuredEngine engine;
    private final MeasuredLog log;
    private final Map<StepTerm, Double> floors;

    /**
     * A search.
     *
     * @param engine the measured engine, with the budget to stay with; its step cost is not looked
     *     at
     * @param log what is known
     * @param floors lower bounds of coefficients in seconds
     */
    public BudgetSearch(MeasuredEngine engine, MeasuredLog log, Map<StepTerm, Double> floors) {
        this.engine = engine;
        this.log = log;
        this.floors = floors;
    }

    private record Candidate(MeasuredEngine engine, double loss) {}

    /** The engine with the budget that explains the log best. */
    public MeasuredEngine best() {
        int slots = engine.profile().limits().maxSequences();
        Candidate given = attempt(engine.profile().limits().maxBatchedTokens());
        Candidate best =
                USUAL.parallelStream()
                        .filter(budget -> budget >= slots)
                        .map(this::attempt)
                        .min(Comparator.comparingDouble(Candidate::loss))
                        .orElse(given);
        return best.loss() < given.loss() * (1 - WORTH_IT) ? best.engine() : engine;
    }

    private Candidate attempt(int budget) {
        MeasuredEngine candidate =
                new MeasuredEngine(
                        engine.profile()
                                .withLimits(engine.profile().limits().withMaxBatchedTokens(budget)),
                        engine.replicas());
        FittedCost fit = new LogFit(candidate, floors).fit(log, StepCostForm.THREE_TERMS);
        return new Candidate(candidate, fit.quality().loss());
    }
}
