package io.sluice.apps.calibrate;

import io.sluice.sim.calibration.ComparedValue;
import io.sluice.sim.calibration.CurveComparison;
import io.sluice.sim.calibration.FittedCost;
import io.sluice.sim.calibration.FittedTerm;
import io.sluice.sim.calibration.RunComparison;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A calibration in words and tables, for a terminal. */
final class CalibrationText {
    private final List<String> lines = new ArrayList<>();

    /** The lines of a calibration from a measured run. */
    static List<String> of(LogCalibration calibration) {
        CalibrationText text = new CalibrationText();
        text.run(calibration);
        text.fit(calibration.fit(), "end-to-end times");
        text.otherForms(calibration.fits());
        text.line("");
        text.line(
                "whole run, measured and predicted (%d requests, %d found a free place)"
                        .formatted(calibration.whole().compared(), calibration.whole().unqueued()));
        text.comparison(calibration.whole());
        if (calibration.unseen().compared() > 0
                && calibration.fitUntilNanos() < calibration.run().log().endNanos()) {
            text.line("");
            text.line(
                    "of these, the %d that ended after the fitted part"
                            .formatted(calibration.unseen().compared()));
            text.comparison(calibration.unseen());
        }
        text.warnings(calibration.run().warnings().lines());
        return text.lines;
    }

    /** The lines of a step cost that was fitted to a table. */
    static List<String> of(FittedCost fit, List<String> about, List<String> warnings) {
        CalibrationText text = new CalibrationText();
        about.forEach(text::line);
        text.fit(fit, "step times");
        text.warnings(warnings);
        return text.lines;
    }

    private void run(LogCalibration calibration) {
        EngineProfile profile = calibration.engine().profile();
        EngineLimits limits = profile.limits();
        line(
                "measured: %,d requests, %,d of them complete, in %.1f s",
                calibration.run().rows(),
                calibration.run().log().completed(),
                calibration.run().log().endNanos() * 1e-9);
        line(
                "engine: %s on %s%s; %,d requests, %,d tokens per step, %,d KV tokens in blocks of %d, prefix cache %s, look-ahead %d",
                profile.model(),
                profile.hardware(),
                calibration.engine().replicas() == 1
                        ? ""
                        : ", %d replicas, each".formatted(calibration.engine().replicas()),
                limits.maxSequences(),
                limits.maxBatchedTokens(),
                limits.usableKvTokens(),
                limits.blockTokens(),
                profile.rules().prefixCache() ? "on" : "off",
                profile.rules().lookAheadSteps());
        line(
                "fitted: the first %.1f s, %,d first tokens and %,d completed requests",
                calibration.fitUntilNanos() * 1e-9,
                calibration.known().firstTokens(),
                calibration.known().completed());
    }

    private void fit(FittedCost fit, String what) {
        line("");
        line("%-22s %14s %14s  %s", "term", "coefficient", "std. error", "per");
        for (FittedTerm term : fit.terms()) {
            line(
                    "%-22s %14s %14s  %s",
                    term.term().key(),
                    time(term.seconds()),
                    time(term.standardError()),
                    term.term().unit());
        }
        line(
                "residual: %.2f %% of %s (root mean square); condition number %.0f",
                fit.quality().rootMeanSquare() * 100, what, fit.quality().conditionNumber());
        fit.notes().forEach(note -> line("note: " + note));
    }

    private void otherForms(List<FittedCost> fits) {
        if (fits.size() < 2) {
            return;
        }
        line("");
        line("forms tried, by their loss:");
        for (int i = 0; i < fits.size(); i++) {
            line(
                    "  %.3f  %s%s",
                    fits.get(i).quality().loss(), fits.get(i).form(), i == 0 ? "  (chosen)" : "");
        }
    }

    private void comparison(RunComparison comparison) {
        line("%-22s %12s %12s %9s", "", "measured", "predicted", "error");
        for (ComparedValue value : comparison.values()) {
            line(
                    "%-22s %12.3f %12.3f %+8.1f%%",
                    value.name() + ", " + value.unit(),
                    value.measured(),
                    value.predicted(),
                    value.errorPercent());
        }
        for (CurveComparison curve : comparison.curves()) {
            line(
                    "%-22s %12.1f %12.1f %8.1f   on average at each moment",
                    curve.name(),
                    curve.measuredMean(),
                    curve.predictedMean(),
                    curve.meanAbsoluteError());
        }
    }

    private void warnings(List<String> warnings) {
        if (!warnings.isEmpty()) {
            line("");
        }
        warnings.forEach(warning -> line("warning: " + warning));
    }

    /** A duration in the unit in which people read it. */
    static String time(double seconds) {
        if (seconds >= 1e-3) {
            return String.format(Locale.ROOT, "%.3f ms", seconds * 1e3);
        }
        if (seconds >= 1e-6) {
            return String.format(Locale.ROOT, "%.3f us", seconds * 1e6);
        }
        return String.format(Locale.ROOT, "%.3f ns", seconds * 1e9);
    }

    private void line(String format, Object... values) {
        lines.add(values.length == 0 ? format : String.format(Locale.ROOT, format, values));
    }
}
