package io.sluice.core.policy;

import io.sluice.core.model.RequestKey;

import java.util.Comparator;

/**
 * Place of a request in a queue, fixed when it is admitted: smaller goes first. Three components,
 * then arrival, then request id, so the order is total and does not depend on the order of
 * insertion.
 *
 * @param first compared first
 * @param second compared next
 * @param third compared after that
 * @param arrivalMillis submission time, the first tie-breaker
 * @param key identity, the last tie-breaker
 */
public record SortKey(double first, double second, double third, long arrivalMillis, RequestKey key)
        implements Comparable<SortKey> {

    private static final Comparator<SortKey> ORDER =
            Comparator.comparingDouble(SortKey::first)
                    .thenComparingDouble(SortKey::second)
                    .thenComparingDouble(SortKey::third)
                    .thenComparingLong(SortKey::arrivalMillis)
                    .thenComparing(SortKey::key);

    /** Rejects components that have no place in an order. */
    public SortKey {
        if (Double.isNaN(first) || Double.isNaN(second) || Double.isNaN(third)) {
            throw new IllegalArgumentException("sort key of %s is not a number".formatted(key));
        }
    }

    /** A place of two components. */
    public SortKey(double first, double second, long arrivalMillis, RequestKey key) {
        this(first, second, 0, arrivalMillis, key);
    }

    @Override
    public int compareTo(SortKey other) {
        return ORDER.compare(this, other);
    }
}
