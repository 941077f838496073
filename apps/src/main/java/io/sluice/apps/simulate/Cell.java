package io.sluice.apps.simulate;

import io.sluice.sim.result.RunFigures;

/**
 * One run of a study.
 *
 * @param policy under which policy, as it was written
 * @param seed with which seed
 * @param figures what it came to
 * @param cpuSeconds processor time from the first event to the last
 */
public record Cell(String policy, long seed, RunFigures figures, double cpuSeconds) {}
