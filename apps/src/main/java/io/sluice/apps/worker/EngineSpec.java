package io.sluice.apps.worker;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.ServiceRates;

import java.util.List;

/**
 * The GPU server that a worker simulates.
 *
 * @param profile what it is like at its own speed
 * @param model the model it says it serves
 * @param speedup how many times faster than the profile everything goes, above 0
 * @param failRate part of the runs that fail, 0 to 1
 * @param seed of everything drawn: which runs fail and when, and output lengths nobody named
 * @param progressEveryTokens output tokens between two reports of how far a run has come; 0 for
 *     none between its first token and its end
 */
public record EngineSpec(
        EngineProfile profile,
        String model,
        double speedup,
        double failRate,
        long seed,
        int progressEveryTokens) {

    /** Some seconds of a run on the GPUs that there are profiles of. */
    public static final int PROGRESS_EVERY_TOKENS = 256;

    /** Checks the numbers. */
    public EngineSpec {
        if (!(speedup > 0)) {
            throw new IllegalArgumentException("speedup must be above 0, is " + speedup);
        }
        if (!(failRate >= 0 && failRate <= 1)) {
            throw new IllegalArgumentException("fail rate must be from 0 to 1, is " + failRate);
        }
        if (progressEveryTokens < 0) {
            throw new IllegalArgumentException(
                    "progress cannot be reported every %d tokens".formatted(progressEveryTokens));
        }
    }

    /** The profile as it is, serving its own model, without failures. */
    public static EngineSpec of(EngineProfile profile) {
        return new EngineSpec(profile, profile.model(), 1, 0, 0, PROGRESS_EVERY_TOKENS);
    }

    /**
     * What the worker advertises. Its speed is that of the wall clock, so that what is predicted
     * from it can be compared with what is measured.
     */
    InstanceCapacity capacity(Partitions partitions) {
        EngineLimits limits = profile.limits();
        return new InstanceCapacity(
                List.of(model),
                limits.maxSequences(),
                limits.usableKvTokens(),
                limits.blockTokens(),
                limits.maxContextTokens(),
                partitions.dispatch(),
                partitions.events(),
                ServiceRates.speed(profile).times(1 / speedup));
    }
}
