package io.sluice.core.latency;

/**
 * What people read off a histogram that is not empty; all but the count in milliseconds.
 * Percentiles are within {@link BucketScale#RELATIVE_ERROR}; mean, minimum and maximum are exact.
 *
 * @param count durations recorded, at least 1
 * @param mean arithmetic mean
 * @param min smallest
 * @param p50 median
 * @param p90 90th percentile
 * @param p95 95th percentile
 * @param p99 99th percentile
 * @param max largest
 */
public record LatencyStats(
        long count,
        double mean,
        double min,
        double p50,
        double p90,
        double p95,
        double p99,
        double max) {}
