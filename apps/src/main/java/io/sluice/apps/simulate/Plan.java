package io.sluice.apps.simulate;

import java.util.List;

/**
 * What a call of the command asks for.
 *
 * @param study what to run
 * @param policies under which policies
 * @param seeds with which seeds
 */
record Plan(Study study, List<String> policies, List<Long> seeds) {

    /**
     * Keeps copies, and finds out whether all of it can be run.
     *
     * @throws IllegalArgumentException naming what cannot, and the choices
     */
    Plan {
        policies = List.copyOf(policies);
        seeds = List.copyOf(seeds);
        study.check(policies);
    }
}
