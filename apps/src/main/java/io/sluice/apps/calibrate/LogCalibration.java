package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.FittedCost;
import io.sluice.sim.calibration.LogFit;
import io.sluice.sim.calibration.MeasuredEngine;
import io.sluice.sim.calibration.MeasuredLog;
import io.sluice.sim.calibration.RunComparison;
import io.sluice.sim.calibration.StepCostForm;
import io.sluice.sim.calibration.StepTerm;
import io.sluice.sim.engine.LinearStepCost;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A calibration from a measured run: fitted to its beginning, tried on all of it.
 *
 * @param run what was measured
 * @param fitUntilNanos the end of what was fitted
 * @param known what was fitted
 * @param engine the engine with the fitted step cost
 * @param fits all forms that were tried, the chosen one first
 * @param whole the prediction of the whole run
 * @param unseen the prediction of requests that ended after the fitted part; none if all was fitted
 */
record LogCalibration(
        MeasuredRun run,
        long fitUntilNanos,
        MeasuredLog known,
        MeasuredEngine engine,
        List<FittedCost> fits,
        RunComparison whole,
        RunComparison unseen) {

    private static final int FEW_COMPLETED = 30;

    /**
     * How to fit.
     *
     * @param window the part of the run
     * @param forms forms to try
     * @param floors lower bounds of coefficients in seconds
     * @param shape a step cost of which only one scale is fitted, instead of all that
     */
    record Plan(
            FitWindow window,
            List<StepCostForm> forms,
            Map<StepTerm, Double> floors,
            Optional<LinearStepCost> shape) {}

    /**
     * Fits and predicts.
     *
     * @param names what to call it all
     */
    static LogCalibration of(
            MeasuredRun run, EngineOptions options, Plan plan, EngineSettings.Names names) {
        MeasuredLog log = run.log();
        long until = plan.window().endNanos(log.endNanos());
        MeasuredLog known = log.asOf(until);
        MeasuredEngine measured =
                new EngineSettings(options, run, known).engine(names, plan.floors());
        LogFit fit = new LogFit(measured, plan.floors());
        List<FittedCost> fits =
                plan.shape()
                        .map(shape -> List.of(fit.fitScale(known, shape)))
                        .orElseGet(() -> fit.fitAll(known, plan.forms()));
        MeasuredEngine engine = measured.withCost(fits.get(0).cost());
        if (known.completed() < FEW_COMPLETED && plan.shape().isEmpty()) {
            run.warnings()
                    .add(
                            "only %d requests had ended by then: too early a part says little of full batches (--fit-until, or --shape)"
                                    .formatted(known.completed()));
        }
        LogCalibration calibration =
                new LogCalibration(
                        run,
                        until,
                        known,
                        engine,
                        fits,
                        RunComparison.of(engine, log, run.occupancy()),
                        RunComparison.after(engine, log, until));
        int missed = log.completed() - calibration.whole().compared();
        if (missed > 0) {
            run.warnings()
                    .add(
                            "%d measured requests are longer than the model's memory or context and are not compared"
                                    .formatted(missed));
        }
        return calibration;
    }

    /** The form that was chosen. */
    FittedCost fit() {
        return fits.get(0);
    }
}
