package io.sluice.sim.calibration;

import io.sluice.sim.engine.LinearStepCost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Finds the one factor that brings a step cost of known shape closest to a log: over a wide grid
 * first, then over finer ones around the best.
 */
final class ScaleFit {
    private static final double WIDEST = 2;
    private static final int POINTS = 16;
    private static final double FINEST = 1e-4;
    private static final double DIFFERENCE = 0.01;
    private static final int BLOCKS = 10;

    private final Trial.Bench bench;
    private final double[] shape;

    private ScaleFit(Trial.Bench bench, double[] shape) {
        this.bench = bench;
        this.shape = shape;
    }

    static FittedCost run(MeasuredEngine engine, MeasuredLog log, LinearStepCost shape) {
        StepCostForm form = formOf(shape);
        ScaleFit fit = new ScaleFit(new Trial.Bench(engine, form, log), form.coefficients(shape));
        return fit.describe(fit.search());
    }

    /** The terms that a step cost has. */
    private static StepCostForm formOf(LinearStepCost shape) {
        StepCostForm all = StepCostForm.of(EnumSet.allOf(StepTerm.class));
        double[] seconds = all.coefficients(shape);
        EnumSet<StepTerm> terms = EnumSet.of(StepTerm.STEP);
        for (int i = 0; i < seconds.length; i++) {
            if (seconds[i] > 0) {
                terms.add(all.terms().get(i));
            }
        }
        return StepCostForm.of(terms);
    }

    private double search() {
        double low = 1 / WIDEST;
        double high = WIDEST;
        double best = 1;
        while (high / low - 1 > FINEST) {
            double step = Math.pow(high / low, 1.0 / POINTS);
            double from = low;
            best =
                    IntStream.rangeClosed(0, POINTS)
                            .mapToObj(i -> from * Math.pow(step, i))
                            .min(Comparator.comparingDouble(scale -> at(scale).loss()))
                            .orElseThrow();
            low = best / step;
            high = best * step;
        }
        return best;
    }

    private Trial at(double scale) {
        double[] seconds = shape.clone();
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] *= scale;
        }
        return bench.run(seconds);
    }

    private FittedCost describe(double scale) {
        Trial best = at(scale);
        double error = standardError(scale, best);
        List<FittedTerm> terms = new ArrayList<>();
        for (int i = 0; i < shape.length; i++) {
            terms.add(
                    new FittedTerm(
                            bench.form().terms().get(i), shape[i] * scale, shape[i] * error, 0));
        }
        FitQuality quality =
                new FitQuality(
                        best.residuals().length,
                        bench.residuals().rootMeanSquareShare(best.replay()),
                        best.loss(),
                        1);
        String note =
                String.format(
                        Locale.ROOT,
                        "all times are %.4f times those of the given shape, standard error %.4f",
                        scale,
                        error);
        return new FittedCost(bench.form(), terms, quality, List.of(note));
    }

    private double standardError(double scale, Trial best) {
        double[] above = at(scale * (1 + DIFFERENCE)).residuals();
        double[] below = at(scale * (1 - DIFFERENCE)).residuals();
        List<LeastSquares> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            blocks.add(new LeastSquares(1));
        }
        for (int i = 0; i < above.length; i++) {
            double slope = (above[i] - below[i]) / (2 * DIFFERENCE * scale);
            double residual = best.residuals()[i];
            int owner = bench.residuals().owner(i);
            blocks.get(owner * BLOCKS / bench.log().requests().size())
                    .add(new double[] {slope}, -residual, EventResiduals.weight(residual));
        }
        return Spread.of(blocks, new double[] {-scale}).standardError(0);
    }
}
