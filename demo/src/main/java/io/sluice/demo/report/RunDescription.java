package io.sluice.demo.report;

import java.util.List;

/**
 * What a run was asked to do: the part of a report that no topic holds.
 *
 * @param policy ordering policy, as it was given
 * @param routing routing policy
 * @param trace where the requests came from, with everything that was drawn or left out
 * @param seed of all draws
 * @param speedup what arrival gaps, targets and simulated service times were divided by
 * @param instances the engines, in the order of their ids
 */
public record RunDescription(
        String policy,
        String routing,
        String trace,
        long seed,
        double speedup,
        List<String> instances) {

    /** Copies the list. */
    public RunDescription {
        instances = List.copyOf(instances);
    }
}
