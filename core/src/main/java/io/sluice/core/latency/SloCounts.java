package io.sluice.core.latency;

import java.util.OptionalDouble;

/**
 * How many requests carried a target, and how many of them met it.
 *
 * @param withTarget requests that carried the target
 * @param met those of them that met it
 */
public record SloCounts(long withTarget, long met) {

    /** Nobody carried the target. */
    public static final SloCounts NONE = new SloCounts(0, 0);

    /** Rejects impossible counts. */
    public SloCounts {
        if (met < 0 || met > withTarget) {
            throw new IllegalArgumentException(
                    "%d of %d requests cannot have met a target".formatted(met, withTarget));
        }
    }

    /** Share of the requests with the target that met it, 0 to 1; empty if none carried it. */
    public OptionalDouble attainment() {
        return withTarget == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of((double) met / withTarget);
    }

    SloCounts plus(SloCounts other) {
        return new SloCounts(withTarget + other.withTarget, met + other.met);
    }

    SloCounts plus(Attainment attainment) {
        return switch (attainment) {
            case NO_TARGET -> this;
            case MET -> new SloCounts(withTarget + 1, met + 1);
            case MISSED -> new SloCounts(withTarget + 1, met);
        };
    }
}
