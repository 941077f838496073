package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.ComparedValue;
import io.sluice.sim.calibration.CurveComparison;
import io.sluice.sim.calibration.FittedCost;
import io.sluice.sim.calibration.FittedTerm;
import io.sluice.sim.calibration.RunComparison;
import io.sluice.sim.engine.EngineLimits;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A calibration as JSON, for programs. */
final class CalibrationReport {
    private static final ObjectMapper JSON =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private CalibrationReport() {}

    /** All of a calibration from a measured run. */
    static ObjectNode of(LogCalibration calibration) {
        ObjectNode root = JSON.createObjectNode();
        EngineLimits limits = calibration.engine().profile().limits();
        root.put("requests", calibration.run().rows());
        root.put("completed", calibration.run().log().completed());
        root.put("run_s", calibration.run().log().endNanos() * 1e-9);
        root.putObject("engine")
                .put("model", calibration.engine().profile().model())
                .put("replicas", calibration.engine().replicas())
                .put("max_sequences", limits.maxSequences())
                .put("max_batched_tokens", limits.maxBatchedTokens())
                .put("kv_tokens", limits.usableKvTokens());
        root.putObject("fitted")
                .put("until_s", calibration.fitUntilNanos() * 1e-9)
                .put("first_tokens", calibration.known().firstTokens())
                .put("completed", calibration.known().completed());
        root.set("fit", fit(calibration.fit()));
        ArrayNode forms = root.putArray("forms");
        calibration.fits().forEach(other -> forms.add(fit(other)));
        root.set("whole_run", comparison(calibration.whole()));
        root.set("after_fit", comparison(calibration.unseen()));
        texts(root.putArray("warnings"), calibration.run().warnings().lines());
        return root;
    }

    /** Coefficients, and how far they can be trusted. */
    static ObjectNode fit(FittedCost fit) {
        ObjectNode node = JSON.createObjectNode();
        node.put("form", fit.form().toString());
        ArrayNode terms = node.putArray("terms");
        for (FittedTerm term : fit.terms()) {
            terms.addObject()
                    .put("term", term.term().key())
                    .put("seconds", term.seconds())
                    .put("standard_error", term.standardError())
                    .put("floor", term.floor());
        }
        node.put("observations", fit.quality().observations());
        node.put("residual_rms", fit.quality().rootMeanSquare());
        node.put("loss", fit.quality().loss());
        if (Double.isFinite(fit.quality().conditionNumber())) {
            node.put("condition_number", fit.quality().conditionNumber());
        }
        texts(node.putArray("notes"), fit.notes());
        return node;
    }

    private static ObjectNode comparison(RunComparison comparison) {
        ObjectNode node = JSON.createObjectNode();
        node.put("requests", comparison.compared());
        node.put("unqueued", comparison.unqueued());
        for (ComparedValue value : comparison.values()) {
            node.putObject(value.name())
                    .put("unit", value.unit())
                    .put("measured", value.measured())
                    .put("predicted", value.predicted())
                    .put("error_percent", value.errorPercent());
        }
        for (CurveComparison curve : comparison.curves()) {
            node.putObject(curve.name())
                    .put("measured_mean", curve.measuredMean())
                    .put("predicted_mean", curve.predictedMean())
                    .put("mean_absolute_error", curve.meanAbsoluteError());
        }
        return node;
    }

    private static void texts(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    /**
     * Writes a report.
     *
     * @throws CommandException if the file cannot be written
     */
    static void write(Path file, ObjectNode report) {
        try {
            Files.writeString(file, JSON.writeValueAsString(report) + "\n");
        } catch (IOException e) {
            throw new CommandException("cannot write --report %s: %s".formatted(file, e), e);
        }
    }
}
