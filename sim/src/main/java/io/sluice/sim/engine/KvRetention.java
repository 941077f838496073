package io.sluice.sim.engine;

/** What becomes of the keys and values of a request that leaves the batch before its end. */
public enum KvRetention {
    /**
     * They vanish and are back at no cost. No engine can do that; studies that compare orders
     * assume it.
     */
    FREE,
    /**
     * They are dropped; prompt and output so far are computed again, as far as nothing caches them.
     */
    RECOMPUTE,
    /** They are copied to the host and back, at the cost of {@link KvTransfer}. */
    SWAP,
    /** Whichever of the last two takes less time. */
    CHEAPER
}
