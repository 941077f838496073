package io.sluice.sim.calibration;

import io.sluice.sim.engine.StepLoad;

/** Step times of a model on a GPU, put together from measurements of its parts. */
@FunctionalInterface
public interface StepTable {

    /** How long a step takes, in seconds. */
    double seconds(StepLoad load);
}
