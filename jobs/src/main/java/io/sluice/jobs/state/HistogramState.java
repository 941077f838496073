package io.sluice.jobs.state;

/**
 * A latency histogram, as {@link io.sluice.core.latency.LatencyBuckets} holds it.
 *
 * @param indices indices of the buckets that are not empty, ascending
 * @param counts values in each of them
 * @param sumNanos sum of all values
 * @param minNanos smallest value
 * @param maxNanos largest value
 */
public record HistogramState(
        int[] indices, long[] counts, long sumNanos, long minNanos, long maxNanos) {}
