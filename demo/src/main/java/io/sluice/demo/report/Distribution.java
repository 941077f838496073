package io.sluice.demo.report;

import java.util.Arrays;

/**
 * What is reported of a set of durations, each in milliseconds; all NaN when the set is empty.
 * Percentiles are exact, by nearest rank: reports are compared with each other, so they should not
 * carry the rounding of a histogram.
 *
 * @param count how many
 * @param mean arithmetic mean
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param max largest
 */
public record Distribution(
        int count, double mean, double p50, double p90, double p95, double p99, double max) {

    /** The distribution of no values. */
    public static final Distribution EMPTY =
            new Distribution(
                    0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

    /** Summarises values; the array is left as it is. */
    static Distribution of(double[] values) {
        if (values.length == 0) {
            return EMPTY;
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Distribution(
                sorted.length,
                Arrays.stream(sorted).sum() / sorted.length,
                percentile(sorted, 50),
                percentile(sorted, 90),
                percentile(sorted, 95),
                percentile(sorted, 99),
                sorted[sorted.length - 1]);
    }

    /** The smallest value that is not below that share of all, in integers to avoid rounding. */
    private static double percentile(double[] sorted, int percent) {
        long rank = ((long) percent * sorted.length + 99) / 100;
        return sorted[(int) Math.max(1, rank) - 1];
    }
}
