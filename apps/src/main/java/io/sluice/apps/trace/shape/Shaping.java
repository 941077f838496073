package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;

import org.jspecify.annotations.Nullable;

/**
 * How requests are shaped.
 *
 * @param mix shares of the classes; null keeps what the trace recorded, and gives requests without
 *     a recorded priority 0 (P4)
 * @param targets by class
 * @param tokenLimit what {@code max_tokens} says
 * @param speedup what all targets are divided by, the same as for arrivals
 * @param seed of all draws
 */
public record Shaping(
        @Nullable PriorityMix mix,
        TargetPlan targets,
        TokenLimit tokenLimit,
        double speedup,
        long seed) {

    public Shaping {
        if (!(speedup > 0 && speedup <= 1e9)) {
            throw new TraceException("speedup must be above 0, not " + speedup);
        }
    }

    /** Keeps what is recorded and adds nothing. */
    public static Shaping none(long seed) {
        return new Shaping(null, TargetPlan.NONE, new TokenLimit.Unlimited(), 1, seed);
    }
}
