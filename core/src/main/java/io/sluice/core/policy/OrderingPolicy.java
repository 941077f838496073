package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

/**
 * Decides who goes first in a lane. A policy is immutable and sees one request at a time; its keys
 * never change while a request waits, so nothing is re-sorted as time passes.
 */
public interface OrderingPolicy {

    /** Name in the catalogue. */
    String name();

    /** The place of a request, without ageing. */
    SortKey keyOf(PendingRequest request, ServiceModel service);

    /**
     * How far back the request stands for reasons other than its arrival: 0 for the most urgent, 1
     * for the least. Never decreasing in {@link #keyOf}'s order among requests that arrived
     * together. Ageing trades it against waiting time.
     */
    double urgency(PendingRequest request, ServiceModel service);

    /**
     * The most, in milliseconds, by which a later submission can go ahead of an earlier one;
     * infinite for an order that can starve.
     */
    default double overtakingBoundMillis() {
        return Double.POSITIVE_INFINITY;
    }
}
