package io.sluice.sim.calibration;

import io.sluice.sim.engine.LinearStepCost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Fits a step cost to a log of measured requests.
 *
 * <p>First by turns: a replay tells which steps each request took part in, least squares the
 * coefficients, half-way and again. Then by moving the coefficients to where the replayed events
 * are closest to the measured ones. The first finds the neighbourhood from anywhere; the second
 * knows that slow steps also make others wait.
 */
public final class LogFit {
    /** Terms with which a form is tried when none is chosen. */
    public static final List<StepCostForm> CANDIDATES =
            List.of(
                    StepCostForm.THREE_TERMS,
                    StepCostForm.FOUR_TERMS,
                    StepCostForm.THREE_TERMS.with(StepTerm.MIXED_STEP),
                    StepCostForm.FIVE_TERMS,
                    StepCostForm.FOUR_TERMS.with(StepTerm.MIXED_STEP));

    /** A form with more terms has to make the loss smaller by this part. */
    private static final double WORTH_A_TERM = 0.05;

    private static final int BLOCKS = 10;
    private static final int LEAST_FIRST_TOKENS = 10;
    private static final int LEAST_COMPLETED = 3;

    private final MeasuredEngine engine;
    private final Map<StepTerm, Double> floors;

    /**
     * A fit.
     *
     * @param engine the measured engine; its step cost is not looked at
     * @param floors lower bounds of coefficients in seconds; 0 where there is none
     */
    public LogFit(MeasuredEngine engine, Map<StepTerm, Double> floors) {
        this.engine = engine;
        this.floors = Map.copyOf(floors);
    }

    /**
     * The coefficients of one form.
     *
     * @param log what is known; {@link MeasuredLog#asOf} makes a log end earlier
     * @throws IllegalArgumentException if too little is known
     */
    public FittedCost fit(MeasuredLog log, StepCostForm form) {
        requireEnough(log, LEAST_COMPLETED);
        double[] bounds =
                form.terms().stream().mapToDouble(t -> floors.getOrDefault(t, 0.0)).toArray();
        Trial.Bench bench = new Trial.Bench(engine, form, log);
        Trial start = AlternatingFit.run(bench, StartValues.of(log, form), bounds);
        EventFit end = EventFit.run(bench, start, bounds);
        return describe(bench, end, bounds);
    }

    /**
     * One scale for all times of a step cost whose shape is known, from tables of the hardware or
     * from another run: far less to find, so a tenth of a run is enough for it.
     *
     * @param log what is known
     * @param shape the step cost to scale
     */
    public FittedCost fitScale(MeasuredLog log, LinearStepCost shape) {
        requireEnough(log, 0);
        return ScaleFit.run(engine, log, shape);
    }

    /** The coefficients of each of some forms, the one to use first. */
    public List<FittedCost> fitAll(MeasuredLog log, List<StepCostForm> forms) {
        List<FittedCost> fits =
                new ArrayList<>(forms.parallelStream().map(form -> fit(log, form)).toList());
        double least = fits.stream().mapToDouble(f -> f.quality().loss()).min().orElseThrow();
        FittedCost best =
                fits.stream()
                        .filter(f -> f.quality().loss() <= least * (1 + WORTH_A_TERM))
                        .min(
                                Comparator.<FittedCost>comparingInt(f -> f.terms().size())
                                        .thenComparingDouble(f -> f.quality().loss()))
                        .orElseThrow();
        fits.remove(best);
        fits.add(0, best);
        return List.copyOf(fits);
    }

    private static void requireEnough(MeasuredLog log, int leastCompleted) {
        if (log.firstTokens() < LEAST_FIRST_TOKENS || log.completed() < leastCompleted) {
            throw new IllegalArgumentException(
                    "too little is known to fit: %d first tokens and %d completed requests, at least %d and %d are needed; fit to more of the run"
                            .formatted(
                                    log.firstTokens(),
                                    log.completed(),
                                    LEAST_FIRST_TOKENS,
                                    leastCompleted));
        }
    }

    private static FittedCost describe(Trial.Bench bench, EventFit end, double[] bounds) {
        Trial best = end.best();
        List<LeastSquares> blocks = end.blocks(BLOCKS);
        LeastSquares all = new LeastSquares(bounds.length);
        blocks.forEach(all::add);
        FitQuality quality =
                new FitQuality(
                        best.residuals().length,
                        bench.residuals().rootMeanSquareShare(best.replay()),
                        best.loss(),
                        all.conditionNumber());
        Spread spread = Spread.of(blocks, end.room());
        return FittedCost.of(bench.form(), best.seconds(), bounds, spread, quality);
    }
}
