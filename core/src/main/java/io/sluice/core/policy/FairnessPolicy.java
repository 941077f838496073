package io.sluice.core.policy;

/** Decides whose turn it is among the tenants of a lane, before the order among one's requests. */
public interface FairnessPolicy {

    /** Name in the catalogue. */
    String name();

    /** Whether it shares out anything; if not, the order is the ordering policy's own. */
    default boolean sharesOut() {
        return true;
    }

    /**
     * The order of a lane's queue.
     *
     * @param ordering goes before where classes do, and after within a tenant; by key alone
     * @param memory what an earlier one of the same lane remembered
     */
    QueueOrder newOrder(OrderingPolicy ordering, OrderMemory memory);
}
