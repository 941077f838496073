package io.sluice.core.policy.ordering;

import io.sluice.core.model.PriorityBand;

/**
 * Maps what policies compare to [0, 1], linearly up to a ceiling beyond which requests count as
 * equally far back.
 */
final class Urgency {

    /** Service times above this stand equally far back: ten minutes, in milliseconds. */
    static final double LONGEST_SERVICE_MILLIS = 600_000;

    /**
     * Deadlines further away than this, and none at all, stand equally far back: one hour, in
     * milliseconds.
     */
    static final double FURTHEST_DEADLINE_MILLIS = 3_600_000;

    private static final int LEAST_URGENT_BAND = PriorityBand.SHED.rank();

    private Urgency() {}

    static double ofService(double serviceMillis) {
        return Math.min(serviceMillis, LONGEST_SERVICE_MILLIS) / LONGEST_SERVICE_MILLIS;
    }

    static double ofBand(PriorityBand band) {
        return (double) band.rank() / LEAST_URGENT_BAND;
    }

    /** Bands first, service time within a band. */
    static double ofBandThenService(PriorityBand band, double serviceMillis) {
        return (band.rank() + ofService(serviceMillis)) / (LEAST_URGENT_BAND + 1);
    }

    /** Any number, in its order. */
    static double ofScore(double score) {
        return 0.5 + Math.atan(score) / Math.PI;
    }

    static double ofSlack(double slackMillis) {
        double clamped = Math.max(0, Math.min(slackMillis, FURTHEST_DEADLINE_MILLIS));
        return clamped / FURTHEST_DEADLINE_MILLIS;
    }
}
