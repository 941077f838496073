package io.sluice.apps.replay;

import io.sluice.apps.trace.TraceException;

/**
 * What a replay does beside sending each request once, to try what takes it in. Each request draws
 * for itself, so asking for cancels does not move the duplicates.
 *
 * @param duplicates part of the requests that are sent a second time, 0 to 1
 * @param cancels part of the requests that are cancelled, 0 to 1
 * @param speedup what the delays, which are in the trace's time, are divided by
 * @param seed of the draws
 */
public record Disturbance(double duplicates, double cancels, double speedup, long seed) {

    /** Mean of the exponential delay of a duplicate or a cancel, in the trace's time. */
    public static final double MEAN_DELAY_SECONDS = 2;

    /** Each request once. */
    public static final Disturbance NONE = new Disturbance(0, 0, 1, 0);

    public Disturbance {
        requirePart("duplicates", duplicates);
        requirePart("cancels", cancels);
        if (!(speedup > 0 && speedup <= 1e9)) {
            throw new TraceException("speedup must be above 0, not " + speedup);
        }
    }

    private static void requirePart(String what, double part) {
        if (!(part >= 0 && part <= 1)) {
            throw new TraceException(
                    "the part of requests with %s must be from 0 to 1, not %s"
                            .formatted(what, part));
        }
    }
}
