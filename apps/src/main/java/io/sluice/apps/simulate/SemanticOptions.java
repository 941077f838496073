package io.sluice.apps.simulate;

import io.sluice.sim.workload.PredictionErrors;
import io.sluice.sim.workload.Predictor;
import io.sluice.sim.workload.PredictorStage;
import io.sluice.sim.workload.SemanticSettings;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The options of the semantic study's workload. What is not named is as in the study. */
final class SemanticOptions {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST_SECONDS = 1e6;

    @Option(
            names = "--gap",
            paramLabel = "SECONDS",
            description =
                    "semantic: time between two groups of requests (default: 0.1; 1 with"
                            + " --processing sequential).")
    private @Nullable Double gap;

    @Option(
            names = "--max-concurrent",
            paramLabel = "N",
            description = "semantic: largest group (default: 5).")
    private @Nullable Integer maxConcurrent;

    @Option(
            names = "--groups",
            paramLabel = "N",
            description = "semantic: how many groups (default: 20; 10 if sequential).")
    private @Nullable Integer groups;

    @Option(
            names = "--early-gap",
            description =
                    "semantic: each group but the first comes one gap early, as in some of the study's"
                            + " recorded runs.")
    private boolean earlyGap;

    @Option(
            names = "--priority-error",
            paramLabel = "RATE[:DISTANCE]",
            description =
                    "semantic: share of requests whose class is predicted wrongly, and by which share"
                            + " of all classes (default: 0; the distance is the rate).")
    private String priorityError = "0";

    @Option(
            names = "--length-error",
            paramLabel = "RATE[:DISTANCE]",
            description = "semantic: the same for lengths (default: 0).")
    private String lengthError = "0";

    @Option(
            names = "--error-model",
            paramLabel = "NAME",
            description =
                    "semantic: corrected, or as_published with the study's mistakes (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "corrected")
    private PredictionErrors.Rule errorModel = PredictionErrors.Rule.CORRECTED;

    @Option(
            names = "--predictor-batch",
            paramLabel = "N",
            description =
                    "semantic: requests that both predictors take at once (default: 5 if"
                            + " sequential; else 1.5 ms for each request by itself).")
    private @Nullable Integer predictorBatch;

    @Option(
            names = "--predictor-latency",
            paramLabel = "SECONDS",
            description = "semantic: how long they take for a batch (default: 0.003).")
    private @Nullable Double predictorLatency;

    @Option(
            names = "--predictor-mode",
            paramLabel = "MODE",
            description =
                    "semantic: immediate, or full to wait for whole batches (default: immediate).")
    private Predictor.@Nullable Mode predictorMode;

    /**
     * Settings of the workload.
     *
     * @param sequential whether requests run one at a time, for which the study has other defaults
     */
    SemanticSettings settings(boolean sequential) {
        SemanticSettings standard =
                sequential ? SemanticSettings.sequential() : SemanticSettings.standard();
        SemanticSettings.Groups usual = standard.groups();
        SemanticSettings chosen =
                standard.withGroups(
                                new SemanticSettings.Groups(
                                        groups == null ? usual.count() : groups,
                                        gap == null
                                                ? usual.gap()
                                                : Duration.ofNanos(nanos("--gap", gap)),
                                        maxConcurrent == null
                                                ? usual.maxConcurrent()
                                                : maxConcurrent,
                                        earlyGap))
                        .withErrors(
                                new PredictionErrors(
                                        errorModel,
                                        share("--priority-error", priorityError),
                                        share("--length-error", lengthError)));
        return namesPredictors() ? chosen.withPredictors(predictors()) : chosen;
    }

    private boolean namesPredictors() {
        return predictorBatch != null || predictorLatency != null || predictorMode != null;
    }

    private PredictorStage predictors() {
        double seconds = predictorLatency == null ? 0.003 : predictorLatency;
        return PredictorStage.both(
                new Predictor(
                        predictorBatch == null ? 5 : predictorBatch,
                        nanos("--predictor-latency", seconds),
                        predictorMode == null ? Predictor.Mode.IMMEDIATE : predictorMode));
    }

    /** What is fixed in it. */
    Map<String, String> conditions(boolean sequential) {
        SemanticSettings.Groups chosen = settings(sequential).groups();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "semantic");
        conditions.put("groups", Integer.toString(chosen.count()));
        conditions.put("gap", chosen.gap().toNanos() / NANOS_PER_SECOND + " s");
        conditions.put("max-concurrent", Integer.toString(chosen.maxConcurrent()));
        if (!priorityError.equals("0") || !lengthError.equals("0")) {
            conditions.put("priority-error", priorityError);
            conditions.put("length-error", lengthError);
            conditions.put("error-model", errorModel.name().toLowerCase(Locale.ROOT));
        }
        return conditions;
    }

    private static PredictionErrors.Share share(String option, String text) {
        String[] parts = text.split(":", -1);
        try {
            double rate = Double.parseDouble(parts[0]);
            double distance = parts.length == 1 ? rate : Double.parseDouble(parts[1]);
            if (parts.length <= 2) {
                return new PredictionErrors.Share(rate, distance);
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new IllegalArgumentException(
                "%s is '%s'; write a share such as 0.2, or two such as 0.2:0.4"
                        .formatted(option, text));
    }

    private static long nanos(String option, double seconds) {
        if (!(seconds >= 0 && seconds <= MOST_SECONDS)) {
            throw new IllegalArgumentException(
                    "%s is %s s, must be from 0 to %.0f".formatted(option, seconds, MOST_SECONDS));
        }
        return Math.round(seconds * NANOS_PER_SECOND);
    }
}
