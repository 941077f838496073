package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.FittedCost;
import io.sluice.sim.calibration.MeasuredEngine;
import io.sluice.sim.calibration.StepCostForm;
import io.sluice.sim.calibration.StepSample;
import io.sluice.sim.calibration.StepTerm;
import io.sluice.sim.calibration.TableFit;
import io.sluice.sim.engine.EngineProfile;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A calibration from a table of step times.
 *
 * @param profile the profile
 * @param fit its step cost
 * @param about what was fitted, in words
 * @param warnings what was not as it should be
 */
record TableCalibration(
        EngineProfile profile, FittedCost fit, List<String> about, Warnings warnings) {

    /**
     * Where to look, and what to fit.
     *
     * @param file the table
     * @param workload what the engine does, for tables that cover all batches
     * @param form terms to fit
     * @param floors lower bounds of coefficients in seconds
     */
    record Plan(
            Path file, Optional<Path> workload, StepCostForm form, Map<StepTerm, Double> floors) {}

    /**
     * Fits.
     *
     * @throws CommandException if the table is of no known kind, or holds no such engine
     */
    static TableCalibration of(
            Plan plan, TableOptions options, MeasuredEngine engine, Warnings warnings) {
        EngineProfile profile = engine.profile();
        TableChoice choice =
                new TableChoice(
                        options.model,
                        profile.hardware().equals(CalibrateCommand.NO_HARDWARE)
                                ? null
                                : profile.hardware(),
                        options.tensorParallelism,
                        profile.limits().maxSequences(),
                        profile.limits().maxBatchedTokens());
        TableFit fitter = new TableFit(plan.form(), plan.floors());
        FittedCost fit;
        if (OperatorFiles.fits(plan.file())) {
            fit =
                    fitter.fit(
                            OperatorFiles.read(plan.file(), layers(options)),
                            engine,
                            TypicalWork.of(plan.workload(), choice.slots(), warnings));
        } else {
            fit = fitter.fit(steps(plan.file(), choice, warnings));
        }
        String about =
                "fitted: %,d steps of %s".formatted(fit.quality().observations(), plan.file());
        return new TableCalibration(profile.withCost(fit.cost()), fit, List.of(about), warnings);
    }

    private static List<StepSample> steps(Path file, TableChoice choice, Warnings warnings) {
        if (FormulaFile.fits(file)) {
            return FormulaFile.read(file, choice);
        }
        CsvTable table = CsvTable.read(file);
        if (!StepRows.fits(table)) {
            throw new CommandException(
                    "%s is no table of step times: it has neither prompt_size, batch_size, token_size, prompt_time and token_time,"
                                    .formatted(file)
                            + " nor prefill_tokens, decodes, context_tokens and ms, and is not called ..._dense");
        }
        return StepRows.of(table, choice, warnings);
    }

    private static int layers(TableOptions options) {
        if (options.layers == null) {
            throw new CommandException(
                    "a table of operators has the times of one layer: say how many the model has with --layers");
        }
        return options.layers;
    }
}
