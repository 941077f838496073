package io.sluice.sim.protocol;

import org.jspecify.annotations.Nullable;

/**
 * The policies in force.
 *
 * @param version how often they were changed
 * @param lanes how lanes send what waits
 * @param routing how the router chooses instances, by its name in the catalogue
 */
record Policies(int version, LaneRule lanes, String routing) {

    static final String FIRST_ROUTING = "least-outstanding";

    /** Those before the first change. */
    static Policies of(LaneRule lanes) {
        return new Policies(0, lanes, FIRST_ROUTING);
    }

    /** These after a change, which leaves alone what it does not name. */
    Policies changed(@Nullable LaneRule newLanes, @Nullable String newRouting) {
        return new Policies(
                version + 1,
                newLanes == null ? lanes : newLanes,
                newRouting == null ? routing : newRouting);
    }
}
