package io.sluice.core.latency;

/**
 * The fixed bucket layout of every {@link LatencyHistogram}: each power of two of nanoseconds is
 * cut into 64 buckets of equal width.
 *
 * <p>So a bucket is at most 1/64 (1.6 %) of its values wide and its midpoint is within 1/128 (0.78
 * %) of each of them; below 128 ns every integer has its own bucket. The index is made of the
 * leading bits of the value, without a logarithm: the same value has the same bucket on every
 * machine, which is what lets histograms from different processes be added. The layout is that of
 * HdrHistogram (Gil Tene, 2012), with a fixed precision.
 *
 * <p>The layout is part of the wire format and of saved state. It never changes; another one gets
 * another name.
 */
public final class BucketScale {

    /** Name of this layout on the wire. */
    public static final String NAME = "nanos-log2-64";

    /** Largest relative distance between a value in nanoseconds and the midpoint of its bucket. */
    public static final double RELATIVE_ERROR = 1.0 / 128;

    private static final int SUB_BUCKET_BITS = 6;
    private static final int SUB_BUCKETS = 1 << SUB_BUCKET_BITS;

    /** Number of buckets that cover 0 to {@link Long#MAX_VALUE} nanoseconds. */
    public static final int BUCKETS = (Long.SIZE - SUB_BUCKET_BITS) * SUB_BUCKETS;

    private BucketScale() {}

    /** Index of the bucket that holds {@code nanos}, which must not be negative. */
    public static int indexOf(long nanos) {
        int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos | 1);
        int shift = Math.max(0, exponent - SUB_BUCKET_BITS);
        return (shift << SUB_BUCKET_BITS) + (int) (nanos >>> shift);
    }

    /** Smallest value of a bucket, in nanoseconds. */
    public static long lowerNanos(int index) {
        return ((long) index - ((long) shiftOf(index) << SUB_BUCKET_BITS)) << shiftOf(index);
    }

    /** Largest value of a bucket, in nanoseconds, inclusive. */
    public static long upperNanos(int index) {
        return lowerNanos(index) + (widthOf(index) - 1);
    }

    /** The value that stands for all values of a bucket, in nanoseconds. */
    public static long midpointNanos(int index) {
        return lowerNanos(index) + (widthOf(index) - 1) / 2;
    }

    private static long widthOf(int index) {
        return 1L << shiftOf(index);
    }

    private static int shiftOf(int index) {
        return Math.max(0, (index >> SUB_BUCKET_BITS) - 1);
    }
}
