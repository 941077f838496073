package io.sluice.core.latency;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Durations, counted in the buckets of {@link BucketScale}; mergeable without loss.
 *
 * <p>Quantiles are within {@link BucketScale#RELATIVE_ERROR} (0.78 %) of the exact ones; count,
 * mean, minimum and maximum are exact. Zero counts as zero. The range is that of a {@code long} of
 * nanoseconds, 0 to 292 years, so nothing is ever clamped; what is not a duration (negative, NaN,
 * infinite, beyond the range) is refused with an exception, because silently moving it would
 * falsify a percentile. Whoever may meet such values counts them first, as {@link SlaAggregate}
 * does.
 *
 * <p>Values are kept as whole nanoseconds and all arithmetic is on integers: the content depends on
 * the values only, not on their order or on how they were spread over the histograms that were
 * merged.
 *
 * <p>Mutable, not thread-safe. Memory: 8 bytes for each bucket between the smallest and the largest
 * value, 512 bytes for each doubling, 30 kB at most.
 */
public final class LatencyHistogram {

    /** Longest duration that can be recorded, in milliseconds. */
    public static final double MAX_MILLIS = Long.MAX_VALUE / 1e6;

    private static final double NANOS_PER_MILLI = 1e6;

    /** Growth step in buckets: one doubling of the value. */
    private static final int GROWTH = 64;

    private long[] counts = new long[0];

    /** Bucket index of {@code counts[0]}; a multiple of {@link #GROWTH}. */
    private int base;

    private long count;
    private long sumNanos;
    private long minNanos = Long.MAX_VALUE;
    private long maxNanos;

    /** A histogram with the content of {@code buckets}; the inverse of {@link #toBuckets()}. */
    public static LatencyHistogram fromBuckets(LatencyBuckets buckets) {
        LatencyHistogram histogram = new LatencyHistogram();
        histogram.merge(buckets);
        return histogram;
    }

    /** Whether a duration can be recorded: a number from zero to {@link #MAX_MILLIS}. */
    public static boolean isRecordable(double millis) {
        return millis >= 0 && millis <= MAX_MILLIS;
    }

    /**
     * Records one duration, rounded to whole nanoseconds.
     *
     * @throws IllegalArgumentException if {@code millis} is not {@linkplain #isRecordable
     *     recordable}
     */
    public void addMillis(double millis) {
        if (!isRecordable(millis)) {
            throw new IllegalArgumentException(
                    "Not a duration between 0 and %s ms: %s".formatted(MAX_MILLIS, millis));
        }
        addNanos(Math.round(millis * NANOS_PER_MILLI));
    }

    /**
     * Records one duration.
     *
     * @throws IllegalArgumentException if {@code nanos} is negative
     */
    public void addNanos(long nanos) {
        if (nanos < 0) {
            throw new IllegalArgumentException("Negative duration: %d ns".formatted(nanos));
        }
        int index = BucketScale.indexOf(nanos);
        cover(index, index);
        counts[index - base]++;
        count++;
        extend(nanos, nanos, nanos);
    }

    /** Adds everything that {@code other} holds; {@code other} stays as it is. */
    public void merge(LatencyHistogram other) {
        if (other.isEmpty()) {
            return;
        }
        int first = BucketScale.indexOf(other.minNanos);
        int last = BucketScale.indexOf(other.maxNanos);
        cover(first, last);
        for (int index = first; index <= last; index++) {
            counts[index - base] += other.counts[index - other.base];
        }
        count += other.count;
        extend(other.sumNanos, other.minNanos, other.maxNanos);
    }

    /** Adds everything that {@code buckets} hold. */
    public void merge(LatencyBuckets buckets) {
        int size = buckets.size();
        if (size == 0) {
            return;
        }
        cover(buckets.index(0), buckets.index(size - 1));
        for (int i = 0; i < size; i++) {
            counts[buckets.index(i) - base] += buckets.count(i);
            count += buckets.count(i);
        }
        LatencyBuckets.Extent extent = buckets.extent();
        extend(extent.sumNanos(), extent.minNanos(), extent.maxNanos());
    }

    /** Number of durations recorded. */
    public long count() {
        return count;
    }

    /** Whether nothing was recorded. */
    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * The {@code q}-quantile in milliseconds, by nearest rank: the smallest recorded value such
     * that at least the share {@code q} of all values is not larger, given as the midpoint of its
     * bucket and never outside minimum and maximum. The quantiles 0 and 1 are the exact minimum and
     * maximum. Empty if nothing was recorded.
     *
     * @param q from 0 to 1
     * @throws IllegalArgumentException if {@code q} is not from 0 to 1
     */
    public OptionalDouble quantileMillis(double q) {
        if (!(q >= 0 && q <= 1)) {
            throw new IllegalArgumentException("Quantile %s is not from 0 to 1".formatted(q));
        }
        if (isEmpty()) {
            return OptionalDouble.empty();
        }
        return OptionalDouble.of(millis(quantileNanos(q)));
    }

    /**
     * The exact mean in milliseconds; empty if nothing was recorded. A lower bound once the sum of
     * all durations passes 292 years.
     */
    public OptionalDouble meanMillis() {
        return isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(sumNanos / NANOS_PER_MILLI / count);
    }

    /** The exact minimum in milliseconds; empty if nothing was recorded. */
    public OptionalDouble minMillis() {
        return isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(millis(minNanos));
    }

    /** The exact maximum in milliseconds; empty if nothing was recorded. */
    public OptionalDouble maxMillis() {
        return isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(millis(maxNanos));
    }

    /** What people read off it; empty if nothing was recorded. */
    public Optional<LatencyStats> stats() {
        if (isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new LatencyStats(
                        count,
                        sumNanos / NANOS_PER_MILLI / count,
                        millis(minNanos),
                        millis(quantileNanos(0.5)),
                        millis(quantileNanos(0.9)),
                        millis(quantileNanos(0.95)),
                        millis(quantileNanos(0.99)),
                        millis(maxNanos)));
    }

    /** The content in its compact form, for wire and state. */
    public LatencyBuckets toBuckets() {
        if (isEmpty()) {
            return LatencyBuckets.empty();
        }
        int[] indices = new int[counts.length];
        long[] filled = new long[counts.length];
        int size = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] > 0) {
                indices[size] = base + i;
                filled[size] = counts[i];
                size++;
            }
        }
        return new LatencyBuckets(
                Arrays.copyOf(indices, size),
                Arrays.copyOf(filled, size),
                new LatencyBuckets.Extent(sumNanos, minNanos, maxNanos));
    }

    /** An independent histogram with the same content. */
    public LatencyHistogram copy() {
        LatencyHistogram copy = new LatencyHistogram();
        copy.merge(this);
        return copy;
    }

    /** Whether both hold the same counts, sum, minimum and maximum. */
    @Override
    public boolean equals(Object other) {
        return other instanceof LatencyHistogram that && toBuckets().equals(that.toBuckets());
    }

    @Override
    public int hashCode() {
        return toBuckets().hashCode();
    }

    @Override
    public String toString() {
        return isEmpty()
                ? "LatencyHistogram[empty]"
                : "LatencyHistogram[count=%d, min=%s ms, p50=%s ms, p99=%s ms, max=%s ms]"
                        .formatted(
                                count,
                                millis(minNanos),
                                millis(quantileNanos(0.5)),
                                millis(quantileNanos(0.99)),
                                millis(maxNanos));
    }

    private long quantileNanos(double q) {
        long rank = rankOf(q);
        if (rank == 1) {
            return minNanos;
        }
        if (rank == count) {
            return maxNanos;
        }
        long seen = 0;
        int position = -1;
        while (seen < rank) {
            position++;
            seen += counts[position];
        }
        long midpoint = BucketScale.midpointNanos(base + position);
        return Math.max(minNanos, Math.min(maxNanos, midpoint));
    }

    /**
     * The smallest rank k, from 1, with k / count >= q. Comparing quotients, rather than rounding q
     * * count up, gives 7 for q = 0.07 and 100 values: that product is a little more than 7 in
     * floating point.
     */
    private long rankOf(double q) {
        long rank = Math.max(1, Math.min(count, (long) Math.ceil(q * count)));
        while (rank > 1 && (rank - 1) / (double) count >= q) {
            rank--;
        }
        return rank;
    }

    private void extend(long sum, long min, long max) {
        // Saturates instead of wrapping; for non-negative terms that is still independent of their
        // order.
        sumNanos = sumNanos + sum < 0 ? Long.MAX_VALUE : sumNanos + sum;
        minNanos = Math.min(minNanos, min);
        maxNanos = Math.max(maxNanos, max);
    }

    /** Makes room for the buckets {@code first} to {@code last}, in whole growth steps. */
    private void cover(int first, int last) {
        int start = first / GROWTH * GROWTH;
        int end = (last / GROWTH + 1) * GROWTH;
        if (counts.length == 0) {
            base = start;
            counts = new long[end - start];
        } else if (start < base || end > base + counts.length) {
            start = Math.min(start, base);
            end = Math.max(end, base + counts.length);
            long[] grown = new long[end - start];
            System.arraycopy(counts, 0, grown, base - start, counts.length);
            base = start;
            counts = grown;
        }
    }

    private static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
