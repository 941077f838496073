package io.sluice.sim.driver;

import io.sluice.core.kernel.LaneEffect;

/** Hears what lanes want done, in order. */
@FunctionalInterface
public interface LaneListener {

    /**
     * A lane wants something done. Called while the lane is at work: what follows from it may reach
     * the driver only after the call that brought it about.
     *
     * @param nowMillis virtual time of the decision
     * @param instanceId the lane's instance
     * @param effect what it wants
     */
    void decided(long nowMillis, String instanceId, LaneEffect effect);
}
