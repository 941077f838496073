package io.sluice.sim.result;

import io.sluice.core.latency.LatencyHistogram;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * Measured values of one kind, in seconds. Up to {@link #MOST_EXACT} of them are kept, and
 * quantiles are exact; beyond that they are counted in buckets, so that memory does not grow with a
 * run and quantiles are off by at most {@link io.sluice.core.latency.BucketScale#RELATIVE_ERROR}.
 */
public final class Samples {

    /** Values up to which quantiles are exact. */
    public static final int MOST_EXACT = 200_000;

    private static final double MILLIS = 1e3;

    private double[] values = new double[256];
    private @Nullable LatencyHistogram buckets;
    private long count;
    private double sum;
    private double max;

    /** Adds a value; one that is not a number is left out. */
    public void add(double seconds) {
        if (Double.isNaN(seconds)) {
            return;
        }
        if (count < MOST_EXACT) {
            if (count == values.length) {
                values = Arrays.copyOf(values, values.length * 2);
            }
            values[(int) count] = seconds;
        } else {
            spill().addMillis(seconds * MILLIS);
        }
        count++;
        sum += seconds;
        max = Math.max(max, seconds);
    }

    private LatencyHistogram spill() {
        LatencyHistogram histogram = buckets;
        if (histogram == null) {
            histogram = new LatencyHistogram();
            for (int i = 0; i < MOST_EXACT; i++) {
                histogram.addMillis(values[i] * MILLIS);
            }
            buckets = histogram;
            values = new double[0];
        }
        return histogram;
    }

    /** What they come to. */
    public Distribution distribution() {
        if (count == 0) {
            return Distribution.EMPTY;
        }
        if (buckets != null) {
            return new Distribution(
                    count,
                    sum / count,
                    quantile(buckets, 0.5),
                    quantile(buckets, 0.9),
                    quantile(buckets, 0.99),
                    max);
        }
        double[] sorted = Arrays.copyOf(values, (int) count);
        Arrays.sort(sorted);
        return new Distribution(
                count,
                sum / count,
                quantile(sorted, 0.5),
                quantile(sorted, 0.9),
                quantile(sorted, 0.99),
                max);
    }

    /**
     * Values of which equal parts lie between each and the next, from the smallest to the largest.
     *
     * @param parts how many parts
     * @return one value more than parts; none if nothing was added
     */
    public double[] quantiles(int parts) {
        if (count == 0) {
            return new double[0];
        }
        LatencyHistogram histogram = buckets;
        double[] sorted = histogram == null ? Arrays.copyOf(values, (int) count) : new double[0];
        Arrays.sort(sorted);
        double[] quantiles = new double[parts + 1];
        for (int i = 0; i <= parts; i++) {
            double part = (double) i / parts;
            quantiles[i] = histogram == null ? quantile(sorted, part) : quantile(histogram, part);
        }
        return quantiles;
    }

    private static double quantile(LatencyHistogram histogram, double part) {
        return histogram.quantileMillis(part).orElse(Double.NaN) / MILLIS;
    }

    /** Linear between the two nearest, as NumPy does by default. */
    static double quantile(double[] sorted, double part) {
        double place = part * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
    }
}
