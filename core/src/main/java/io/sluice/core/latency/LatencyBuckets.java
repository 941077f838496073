package io.sluice.core.latency;

import java.util.Arrays;

/**
 * The content of a {@link LatencyHistogram} for wire and state: only the buckets that hold
 * something, in ascending order of their {@link BucketScale} index, and the exact sum, minimum and
 * maximum. Immutable.
 */
public final class LatencyBuckets {

    private static final LatencyBuckets EMPTY =
            new LatencyBuckets(new int[0], new long[0], new Extent(0, 0, 0));

    private final int[] indices;
    private final long[] counts;
    private final Extent extent;

    /**
     * What buckets alone cannot say. All zero for an empty histogram.
     *
     * @param sumNanos sum of all values, in nanoseconds; {@link Long#MAX_VALUE} if it does not fit
     * @param minNanos smallest value, in nanoseconds, exact
     * @param maxNanos largest value, in nanoseconds, exact
     */
    public record Extent(long sumNanos, long minNanos, long maxNanos) {}

    /** Takes ownership of the arrays; only for callers within the package. */
    LatencyBuckets(int[] indices, long[] counts, Extent extent) {
        this.indices = indices;
        this.counts = counts;
        this.extent = extent;
    }

    /** The buckets of a histogram without values. */
    public static LatencyBuckets empty() {
        return EMPTY;
    }

    /**
     * Buckets as read from wire or state.
     *
     * @param indices bucket indices of {@link BucketScale}, strictly ascending; copied
     * @param counts values in each of those buckets, positive; copied
     * @param extent sum, minimum and maximum; minimum and maximum must lie in the first and last
     *     bucket
     * @throws IllegalArgumentException if the parts contradict each other; the message says where
     */
    public static LatencyBuckets of(int[] indices, long[] counts, Extent extent) {
        LatencyBuckets buckets = new LatencyBuckets(indices.clone(), counts.clone(), extent);
        buckets.requireConsistent();
        return buckets;
    }

    /** A copy of the bucket indices. */
    public int[] indices() {
        return indices.clone();
    }

    /** A copy of the counts, in the order of {@link #indices()}. */
    public long[] counts() {
        return counts.clone();
    }

    /** Sum, minimum and maximum. */
    public Extent extent() {
        return extent;
    }

    /** Number of buckets that hold something. */
    public int size() {
        return indices.length;
    }

    int index(int position) {
        return indices[position];
    }

    long count(int position) {
        return counts[position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyBuckets that
                && Arrays.equals(indices, that.indices)
                && Arrays.equals(counts, that.counts)
                && extent.equals(that.extent);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(indices) + Arrays.hashCode(counts)) + extent.hashCode();
    }

    @Override
    public String toString() {
        return "LatencyBuckets" + Arrays.toString(indices) + Arrays.toString(counts) + extent;
    }

    private void requireConsistent() {
        if (indices.length != counts.length) {
            throw inconsistent(indices.length + " indices but " + counts.length + " counts");
        }
        int previous = -1;
        for (int i = 0; i < indices.length; i++) {
            if (indices[i] <= previous || indices[i] >= BucketScale.BUCKETS) {
                throw inconsistent("index " + indices[i] + " at " + i + " after " + previous);
            }
            if (counts[i] <= 0) {
                throw inconsistent("count " + counts[i] + " at " + i + " is not positive");
            }
            previous = indices[i];
        }
        requireExtentMatches();
    }

    private void requireExtentMatches() {
        if (indices.length == 0) {
            if (!extent.equals(EMPTY.extent)) {
                throw inconsistent("no buckets but " + extent);
            }
            return;
        }
        boolean ascending =
                extent.minNanos >= 0
                        && extent.minNanos <= extent.maxNanos
                        && extent.maxNanos <= extent.sumNanos;
        if (!ascending
                || BucketScale.indexOf(extent.minNanos) != indices[0]
                || BucketScale.indexOf(extent.maxNanos) != indices[indices.length - 1]) {
            throw inconsistent(
                    extent + " for buckets " + indices[0] + " to " + indices[indices.length - 1]);
        }
    }

    private static IllegalArgumentException inconsistent(String contradiction) {
        return new IllegalArgumentException("Not the buckets of a histogram: " + contradiction);
    }
}
