package io.sluice.sim.result;

/**
 * A summary of values, in their own unit.
 *
 * @param count how many
 * @param mean arithmetic mean; not a number if there are none, like all that follow
 * @param p50 median
 * @param p90 90th percentile
 * @param p99 99th percentile
 * @param max largest
 */
public record Distribution(
        long count, double mean, double p50, double p90, double p99, double max) {

    /** No values. */
    public static final Distribution EMPTY =
            new Distribution(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
