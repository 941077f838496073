package io.sluice.jobs.scheduling;

import io.sluice.core.model.Outcome;
import io.sluice.core.model.RequestKey;

/**
 * Of which requests the decisions are told. By tenant and id alone, so that router and lanes agree,
 * before a restore and after, and a request is told whole or not.
 *
 * @param share of the requests that are told, from 0 to 1
 */
record DecisionSampling(double share) {

    private static final double UNIT = 0x1.0p-53;

    /** Whether all decisions about the request are told. */
    boolean tells(RequestKey key) {
        return share >= 1 || (share > 0 && uniform(key) < share);
    }

    /**
     * Whether the end of a request is told. Of one that did not complete it always is: those are
     * few in good times, and are asked about.
     */
    boolean tellsEnd(RequestKey key, Outcome outcome) {
        return outcome != Outcome.COMPLETED || tells(key);
    }

    private static double uniform(RequestKey key) {
        long seed = key.tenant().hashCode() * 0x1_0000_0000L + key.requestId().hashCode();
        return (mixed(seed) >>> 11) * UNIT;
    }

    /** Spreads the bits of a number: the last step of SplitMix64 (Steele, Lea and Flood 2014). */
    private static long mixed(long bits) {
        long z = bits + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
