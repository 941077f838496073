package io.sluice.sim.workload;

/**
 * What {@link WorkflowWorkload} draws.
 *
 * @param workflows how many
 * @param arrivals how they are spread over time
 * @param shape what each is like
 * @param prompts lengths of prompts
 * @param outputs lengths of answers
 */
public record WorkflowSettings(
        int workflows,
        ArrivalShape arrivals,
        Shape shape,
        LengthSource prompts,
        LengthSource outputs) {

    /** Rejects a negative number of workflows. */
    public WorkflowSettings {
        Settings.requireBetween("workflows", workflows, 0, Integer.MAX_VALUE);
    }

    /**
     * A workflow begins with one request, fans out over some layers and is joined by one at its
     * end.
     *
     * @param leastLayers fewest layers between the first request and the last
     * @param mostLayers most of them; each number is as likely as another
     * @param mostWidth most requests in a layer; each number from 1 on is as likely as another
     * @param density chance that a request waits for another given one of the layer before, besides
     *     the one that it always waits for: above 0 there are joins
     */
    public record Shape(int leastLayers, int mostLayers, int mostWidth, double density) {

        /** Rejects limits out of order. */
        public Shape {
            Settings.requireBetween("fewest layers", leastLayers, 0, 10_000);
            Settings.requireBetween("most layers", mostLayers, leastLayers, 10_000);
            Settings.requireBetween("widest layer", mostWidth, 1, 900);
            Settings.requireShare("density", density);
        }
    }
}
