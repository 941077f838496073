package io.sluice.apps.simulate;

import io.sluice.sim.workload.SemanticSettings;
import io.sluice.sim.workload.SemanticWorkload;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The options of made-up workloads. */
final class GeneratorOptions {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MOST_GAP_SECONDS = 1e6;

    @Option(
            names = "--workload",
            paramLabel = "NAME",
            description = "A paper's workload in place of a trace: semantic.")
    private @Nullable String workload;

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

    /** Name of the workload, or null for a trace. */
    @Nullable String workload() {
        return workload;
    }

    /** The semantic study's workload. */
    SemanticWorkload semantic(boolean sequential) {
        return new SemanticWorkload(semanticSettings(sequential));
    }

    /** What is fixed in it. */
    Map<String, String> semanticConditions(boolean sequential) {
        SemanticSettings.Groups settings = semanticSettings(sequential).groups();
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "semantic");
        conditions.put("groups", Integer.toString(settings.count()));
        conditions.put("gap", settings.gap().toNanos() / NANOS_PER_SECOND + " s");
        conditions.put("max-concurrent", Integer.toString(settings.maxConcurrent()));
        return conditions;
    }

    private SemanticSettings semanticSettings(boolean sequential) {
        SemanticSettings standard =
                sequential ? SemanticSettings.sequential() : SemanticSettings.standard();
        SemanticSettings.Groups usual = standard.groups();
        return standard.withGroups(
                new SemanticSettings.Groups(
                        groups == null ? usual.count() : groups,
                        gap == null ? usual.gap() : seconds(gap),
                        maxConcurrent == null ? usual.maxConcurrent() : maxConcurrent,
                        false));
    }

    private static Duration seconds(double seconds) {
        if (!(seconds >= 0 && seconds <= MOST_GAP_SECONDS)) {
            throw new IllegalArgumentException(
                    "--gap is %s s, must be from 0 to %.0f".formatted(seconds, MOST_GAP_SECONDS));
        }
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }
}
