package io.sluice.sim.protocol;

/** How the lanes of a run send what waits. */
enum LaneRule {
    /** One by one, in order; what has started runs to its end. */
    IN_ORDER,
    /** One by one; a run is interrupted for a request that goes before it. */
    INTERRUPTING,
    /** In groups, each planned as a whole, that run to their end before the next is formed. */
    GROUPS
}
