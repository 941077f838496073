package io.sluice.sim.calibration;

import io.sluice.sim.engine.ContinuousBatchingEngine;
import io.sluice.sim.engine.EngineListener;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.StepLoad;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Fits a step cost to measured steps, each residual as a part of its step's time.
 *
 * <p>A line through a whole table would bend to batches that no engine ever forms. So a table that
 * covers all batches is asked only where an engine works: a load is simulated, the table says how
 * long each of its steps takes, the fit to that is simulated again.
 */
public final class TableFit {
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 10;
    private static final double START_STEP_SECONDS = 0.02;

    private static final EngineListener NOBODY = event -> {};

    private final StepCostForm wanted;
    private final Map<StepTerm, Double> bounds;

    /**
     * A fit.
     *
     * @param form the terms; those of which no step has any are left out of the result
     * @param floors lower bounds of coefficients in seconds; 0 where there is none
     */
    public TableFit(StepCostForm form, Map<StepTerm, Double> floors) {
        this.wanted = form;
        this.bounds = Map.copyOf(floors);
    }

    /** The coefficients that explain some steps best. */
    public FittedCost fit(List<StepSample> samples) {
        StepCostForm form =
                wanted.seenIn(samples.stream().map(s -> StepSums.of(s.load())).toList());
        double[] floors =
                form.terms().stream().mapToDouble(t -> bounds.getOrDefault(t, 0.0)).toArray();
        List<LeastSquares> blocks = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            blocks.add(new LeastSquares(floors.length));
        }
        LeastSquares all = new LeastSquares(floors.length);
        for (int i = 0; i < samples.size(); i++) {
            StepSample sample = samples.get(i);
            double[] row = form.row(StepSums.of(sample.load()));
            for (int j = 0; j < row.length; j++) {
                row[j] /= sample.seconds();
            }
            // Neighbours in a table are alike, so each block gets some of everything.
            blocks.get(i % BLOCKS).add(row, 1, sample.weight());
            all.add(row, 1, sample.weight());
        }
        double[] seconds = all.solve(floors);
        double rms = all.rootMeanSquare(seconds);
        FitQuality quality = new FitQuality(samples.size(), rms, rms, all.conditionNumber());
        return FittedCost.of(form, seconds, floors, Spread.of(blocks, floors), quality);
    }

    /**
     * The coefficients that explain a table where an engine works.
     *
     * @param engine limits and rules; its step cost is not looked at
     * @param load what it has to do; measured times in it are not looked at
     */
    public FittedCost fit(StepTable table, MeasuredEngine engine, MeasuredLog load) {
        LinearStepCost cost = LinearStepCost.ofStep(START_STEP_SECONDS);
        FittedCost fit = null;
        for (int round = 0; round < ROUNDS; round++) {
            List<StepSample> samples = samples(table, engine.withCost(cost), load);
            fit = fit(samples);
            cost = fit.cost();
        }
        if (fit == null) {
            throw new IllegalStateException("table fit: no round");
        }
        return fit;
    }

    /** The steps that an engine takes, with the times of the table. */
    private static List<StepSample> samples(
            StepTable table, MeasuredEngine engine, MeasuredLog load) {
        List<StepSample> samples = new ArrayList<>();
        ContinuousBatchingEngine running =
                new ContinuousBatchingEngine(
                        engine.profile(),
                        0,
                        (first, steps, end) -> {
                            // In a run of decodes all grows evenly: the middle stands for all.
                            StepLoad middle = first.after((steps - 1) / 2);
                            samples.add(new StepSample(middle, table.seconds(middle), steps));
                        });
        for (MeasuredRequest request : load.requests()) {
            running.advanceTo(request.arrivalNanos(), NOBODY);
            running.submit(request.request(), request.arrivalNanos());
        }
        running.advanceTo(ContinuousBatchingEngine.NEVER, NOBODY);
        return samples;
    }
}
