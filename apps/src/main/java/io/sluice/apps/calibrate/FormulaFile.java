package io.sluice.apps.calibrate;

import io.sluice.apps.cli.CommandException;
import io.sluice.sim.calibration.StepSample;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Coefficients that others have fitted, by model and tensor parallelism: milliseconds of a prefill
 * are a + b tokens + c tokens squared, those of a decode a + b context tokens + c requests, with
 * one set for small batches and one for large. Turned into steps, and those into our terms.
 */
final class FormulaFile {
    private static final double MILLIS = 1e-3;
    private static final int POINTS = 16;
    private static final int[] CONTEXTS = {128, 512, 1_024, 2_048};

    private FormulaFile() {}

    /** Whether a file is of this kind. */
    static boolean fits(Path file) {
        return file.toString().endsWith(".json");
    }

    /**
     * Steps by the formulas of a file, over what the engine does in a step.
     *
     * @throws CommandException if the file does not have the model; the message names the choices
     */
    static List<StepSample> read(Path file, TableChoice choice) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(Files.readString(file));
        } catch (IOException e) {
            throw new CommandException("cannot read %s: %s".formatted(file, e.getMessage()), e);
        }
        JsonNode model = pick(root, "--model", choice.model());
        Integer tp = choice.tensorParallelism();
        return steps(pick(model, "--tp", tp == null ? null : tp.toString()), choice);
    }

    private static JsonNode pick(JsonNode from, String option, @Nullable String wanted) {
        List<String> names = new ArrayList<>();
        from.fieldNames().forEachRemaining(names::add);
        if (wanted == null && names.size() == 1) {
            return from.get(names.get(0));
        }
        if (wanted == null || !from.has(wanted)) {
            throw new CommandException(
                    "%s %s; choose one of %s"
                            .formatted(
                                    option,
                                    wanted == null
                                            ? "is needed"
                                            : "\"" + wanted + "\" is not there",
                                    String.join(", ", names)));
        }
        return from.get(wanted);
    }

    private static List<StepSample> steps(JsonNode formulas, TableChoice choice) {
        List<StepSample> samples = new ArrayList<>();
        JsonNode prefill = formulas.path("prefill");
        int threshold = formulas.path("decoding_large_small_bs_threshold").asInt(Integer.MAX_VALUE);
        for (int i = 1; i <= POINTS; i++) {
            int tokens = Math.max(1, choice.budget() * i / POINTS);
            double millis = formula(prefill, tokens, (double) tokens * tokens);
            samples.add(StepSample.prefill(tokens, millis * MILLIS));
            int decodes = Math.max(1, choice.slots() * i / POINTS);
            JsonNode decode =
                    formulas.path(decodes < threshold ? "decoding_smallbs" : "decoding_largebs");
            for (int context : CONTEXTS) {
                double seconds = formula(decode, (double) decodes * context, decodes) * MILLIS;
                samples.add(StepSample.decodes(decodes, context, seconds));
            }
        }
        return samples;
    }

    private static double formula(JsonNode coefficients, double first, double second) {
        if (coefficients.size() != 3) {
            throw new CommandException(
                    "a formula has %d coefficients, must have 3".formatted(coefficients.size()));
        }
        return coefficients.get(0).asDouble()
                + coefficients.get(1).asDouble() * first
                + coefficients.get(2).asDouble() * second;
    }
}
