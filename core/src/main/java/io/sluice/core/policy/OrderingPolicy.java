package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

import java.util.Optional;

/**
 * Decides who goes first in a lane. A policy is immutable and sees one request at a time. Most keys
 * never change while a request waits, so nothing is re-sorted as time passes; those that do say
 * when.
 */
public interface OrderingPolicy {

    /** What an order makes of runs that may be interrupted. */
    enum Interruptions {
        /** Without them it is another order by a longer name. */
        NEEDED,
        /** It ranks what runs and what waits. */
        ALLOWED,
        /**
         * It goes by more than keys: it chooses among those that wait, has no place for what runs,
         * and leaves nothing for a fairness policy to choose.
         */
        IMPOSSIBLE
    }

    /** Name in the catalogue. */
    String name();

    /** The place of a request, without ageing. */
    SortKey keyOf(PendingRequest request, ServiceModel service);

    /**
     * The place of a request at a moment, for an order in which that changes with time. It depends
     * on nothing that {@link #changesAtMillis} does not announce.
     */
    default SortKey keyOf(Standing standing) {
        return keyOf(standing.request(), standing.service());
    }

    /**
     * When a request's place will be another if nothing happens to it; {@link PendingRequest#NEVER}
     * if it stays.
     */
    default long changesAtMillis(Standing standing) {
        return PendingRequest.NEVER;
    }

    /** Why a request stands where it stands, for people. */
    default String describe(Standing standing) {
        SortKey key = keyOf(standing);
        return "place %s, then %s, then by submission".formatted(key.first(), key.second());
    }

    /** Whether a request of a more important class always goes first. */
    default boolean classesFirst() {
        return false;
    }

    /** What the order makes of runs that may be interrupted. */
    default Interruptions interruptions() {
        return Interruptions.ALLOWED;
    }

    /**
     * What the order needs to know of a request and does not, in words; such a request is ordered
     * all the same, but those who replay many may rather refuse them.
     */
    default Optional<String> lacks(PendingRequest request) {
        return Optional.empty();
    }

    /**
     * The order of a lane's queue. An order by more than the requests' own keys brings its own.
     *
     * @param memory what an earlier one of the same lane remembered
     */
    default QueueOrder newOrder(OrderMemory memory) {
        return new KeyedOrder();
    }

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
