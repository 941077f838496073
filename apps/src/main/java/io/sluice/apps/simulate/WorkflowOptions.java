package io.sluice.apps.simulate;

import io.sluice.sim.workload.ArrivalShape;
import io.sluice.sim.workload.LengthSource;
import io.sluice.sim.workload.WorkflowSettings;

import picocli.CommandLine.Option;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** The options of made-up workflows: requests that wait for others. */
final class WorkflowOptions {

    private static final int MOST_TOKENS = 8_192;
    private static final double SIGMA = 0.7;
    private static final double PROMPT_MEAN = 500;
    private static final double OUTPUT_MEAN = 200;

    @Option(
            names = "--workflows",
            paramLabel = "N",
            description =
                    "workflows: how many; --rate says how many in a second, else all at once"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    private int workflows = 100;

    @Option(
            names = "--layers",
            paramLabel = "LEAST-MOST",
            description =
                    "workflows: layers between the first request and the last (default:"
                            + " ${DEFAULT-VALUE}).",
            defaultValue = "1-4")
    private String layers = "1-4";

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "workflows: most requests in a layer (default: ${DEFAULT-VALUE}).",
            defaultValue = "4")
    private int width = 4;

    @Option(
            names = "--density",
            paramLabel = "SHARE",
            description =
                    "workflows: chance that a request waits for another given one of the layer before"
                            + " (default: ${DEFAULT-VALUE}).",
            defaultValue = "0.3")
    private double density = 0.3;

    /**
     * Settings of the workload.
     *
     * @param workflowsPerSecond mean rate; empty for all at once
     */
    WorkflowSettings settings(OptionalDouble workflowsPerSecond) {
        ArrivalShape arrivals =
                workflowsPerSecond.isEmpty()
                        ? new ArrivalShape.Together()
                        : ArrivalShape.poisson(workflowsPerSecond.getAsDouble());
        return new WorkflowSettings(
                workflows,
                arrivals,
                shape(),
                LengthSource.LogNormal.ofMean(PROMPT_MEAN, SIGMA, MOST_TOKENS),
                LengthSource.LogNormal.ofMean(OUTPUT_MEAN, SIGMA, MOST_TOKENS));
    }

    private WorkflowSettings.Shape shape() {
        String[] ends = layers.split("-", -1);
        try {
            int least = Integer.parseInt(ends[0].strip());
            int most = Integer.parseInt(ends[ends.length - 1].strip());
            if (ends.length <= 2) {
                return new WorkflowSettings.Shape(least, most, width, density);
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new IllegalArgumentException(
                "--layers is '%s'; write how many, such as 1-4".formatted(layers));
    }

    /** What is fixed in it. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        conditions.put("workload", "workflows");
        conditions.put("workflows", Integer.toString(workflows));
        conditions.put("layers", layers);
        conditions.put("width", Integer.toString(width));
        conditions.put("density", Double.toString(density));
        return conditions;
    }
}
