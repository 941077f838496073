package io.sluice.sim.calibration;

import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.StepCost;

/**
 * The engines behind one log.
 *
 * @param profile what each of them is like
 * @param replicas how many share the requests (data parallelism), 1 or more; each new one goes to
 *     the one with the least waiting and running
 */
public record MeasuredEngine(EngineProfile profile, int replicas) {

    /** Refuses fewer than one. */
    public MeasuredEngine {
        if (replicas < 1) {
            throw new IllegalArgumentException(
                    "measured engine: replicas must be at least 1, is " + replicas);
        }
    }

    /** A single engine. */
    public static MeasuredEngine of(EngineProfile profile) {
        return new MeasuredEngine(profile, 1);
    }

    /** The same engines with another step cost. */
    public MeasuredEngine withCost(StepCost cost) {
        return new MeasuredEngine(profile.withCost(cost), replicas);
    }
}
