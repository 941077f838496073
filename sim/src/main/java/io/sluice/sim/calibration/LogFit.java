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
 * are closest to the measured ones, along slopes and then without. The first finds the
 * neighbourhood from anywhere; the second knows that slow steps also make others wait; the third is
 * not held up by the edges of a loss that jumps whenever a request changes steps.
 *
 * <p>A form also starts from what was found for the forms that it contains, so that one more term
 * never fits worse.
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
        return search(log, form, List.of());
    }

    /**
     * About the loss of the best coefficients of a form, in a fraction of the time, to compare
     * engines by that differ by much.
     */
    double roughLoss(MeasuredLog log, StepCostForm form) {
        requireEnough(log, LEAST_COMPLETED);
        return slopeFit(new Trial.Bench(engine, form, log), bounds(form)).loss();
    }

    private double[] bounds(StepCostForm form) {
        return form.terms().stream().mapToDouble(t -> floors.getOrDefault(t, 0.0)).toArray();
    }

    private static Trial slopeFit(Trial.Bench bench, double[] bounds) {
        double[] values = StartValues.of(bench.log(), bench.form());
        Trial start = AlternatingFit.run(bench, values, bounds);
        return EventFit.run(bench, start, bounds).best();
    }

    private FittedCost search(MeasuredLog log, StepCostForm form, List<FittedCost> others) {
        double[] bounds = bounds(form);
        Trial.Bench bench = new Trial.Bench(engine, form, log);
        Trial best = slopeFit(bench, bounds);
        for (FittedCost other : others) {
            if (form.terms().containsAll(other.form().terms())) {
                Trial simpler = bench.run(embedded(other, form, bounds));
                Trial moved = EventFit.run(bench, simpler, bounds).best();
                best = moved.loss() < best.loss() ? moved : best;
            }
        }
        best = SimplexFit.run(bench, best, bounds);
        return describe(bench, EventFit.run(bench, best, bounds), bounds);
    }

    /** The coefficients of a form with fewer terms, the others at their bounds. */
    private static double[] embedded(FittedCost simpler, StepCostForm form, double[] bounds) {
        double[] seconds = bounds.clone();
        for (FittedTerm term : simpler.terms()) {
            seconds[form.terms().indexOf(term.term())] = term.seconds();
        }
        return seconds;
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
        requireEnough(log, LEAST_COMPLETED);
        List<FittedCost> fits = new ArrayList<>();
        int most = forms.stream().mapToInt(form -> form.terms().size()).max().orElse(0);
        for (int terms = 1; terms <= most; terms++) {
            int size = terms;
            List<FittedCost> simpler = List.copyOf(fits);
            fits.addAll(
                    forms.parallelStream()
                            .filter(form -> form.terms().size() == size)
                            .map(form -> search(log, form, simpler))
                            .toList());
        }
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
