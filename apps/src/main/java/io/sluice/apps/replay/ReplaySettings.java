package io.sluice.apps.replay;

import io.sluice.schemas.TopicPrefix;

import java.time.Duration;

/**
 * How requests are sent.
 *
 * @param prefix what the names of the topics begin with
 * @param fields what is written into requests
 * @param disturbance what is sent beside them
 * @param inlineLimitBytes longest prompt that travels in its request; a longer one is written to
 *     the payload topic first and travels as a reference
 * @param progressEvery how often the listener hears of the progress
 */
public record ReplaySettings(
        TopicPrefix prefix,
        RequestFields fields,
        Disturbance disturbance,
        int inlineLimitBytes,
        Duration progressEvery) {

    /** Longest inline prompt that the scheduler takes unless configured. */
    public static final int INLINE_LIMIT_BYTES = 8 << 10;

    private static final Duration FOUR_A_SECOND = Duration.ofMillis(250);

    public ReplaySettings {
        if (inlineLimitBytes < 0) {
            throw new IllegalArgumentException(
                    "inline limit must not be negative, is " + inlineLimitBytes);
        }
        if (progressEvery.isNegative() || progressEvery.isZero()) {
            throw new IllegalArgumentException("no time between progress: " + progressEvery);
        }
    }

    /** Each request once, to the topics named by default. */
    public static ReplaySettings of(RequestFields fields) {
        return new ReplaySettings(
                TopicPrefix.DEFAULT, fields, Disturbance.NONE, INLINE_LIMIT_BYTES, FOUR_A_SECOND);
    }

    /** The same to other topics. */
    public ReplaySettings withPrefix(TopicPrefix other) {
        return new ReplaySettings(other, fields, disturbance, inlineLimitBytes, progressEvery);
    }

    /** The same with a disturbance. */
    public ReplaySettings withDisturbance(Disturbance other) {
        return new ReplaySettings(prefix, fields, other, inlineLimitBytes, progressEvery);
    }
}
