package io.sluice.apps.simulate;

import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.fleet.RunListener;
import io.sluice.sim.result.RunFigures;

import java.util.List;
import java.util.Map;

/** A workload and the machines it runs on, to be run under any policy with any seed. */
interface Study {

    /** What is fixed in it, in the order in which to tell it: option and value. */
    Map<String, String> conditions();

    /**
     * Finds out before anything runs whether all policies can be.
     *
     * @throws IllegalArgumentException naming the one that cannot, and the choices
     */
    void check(List<String> policies);

    /**
     * Runs it once.
     *
     * @param clock counts the processor time of the simulation itself
     * @param results hears of each {@link RequestResult}
     */
    RunFigures run(String policy, long seed, CpuClock clock, RunListener results);
}
