package io.sluice.demo.report;

import io.sluice.core.policy.PolicyChoice;

import java.util.List;

/**
 * What a run was asked to do: the part of a report that no topic holds.
 *
 * @param policies the policies at its start, as they were given
 * @param trace where the requests came from, with everything that was drawn or left out
 * @param seed of all draws
 * @param speedup what arrival gaps, targets and simulated service times were divided by
 * @param instances the engines, in the order of their ids
 */
public record RunDescription(
        PolicyChoice policies, String trace, long seed, double speedup, List<String> instances) {

    /** Copies the list. */
    public RunDescription {
        instances = List.copyOf(instances);
    }
}
