package io.sluice.apps.trace.file;

import java.util.Arrays;
import java.util.List;

/**
 * Statistics of a list of lengths as the data's own documentation gives them: percentiles
 * interpolate linearly.
 */
record Lengths(double mean, double p50, double p99, long max) {

    static Lengths of(List<Integer> values) {
        double[] sorted = values.stream().mapToDouble(Integer::doubleValue).sorted().toArray();
        return new Lengths(
                Arrays.stream(sorted).average().orElseThrow(),
                percentile(sorted, 0.50),
                percentile(sorted, 0.99),
                (long) sorted[sorted.length - 1]);
    }

    private static double percentile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) Math.floor(at);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
