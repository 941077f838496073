package io.sluice.core.policy;

import io.sluice.core.model.RequestKey;

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
        int order = Double.compare(first, other.first);
        if (order == 0) {
            order = Double.compare(second, other.second);
        }
        if (order == 0) {
            order = Double.compare(third, other.third);
        }
        if (order == 0) {
            order = Long.compare(arrivalMillis, other.arrivalMillis);
        }
        return order == 0 ? key.compareTo(other.key) : order;
    }
}
