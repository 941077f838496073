package io.sluice.jobs.state;

import io.sluice.core.routing.FleetInstance;

/** What the routers know of one instance, and the epoch in which they knew it. */
public record FleetInstanceState(
        long epoch,
        String instanceId,
        long incarnation,
        CapacityState capacity,
        long lastHeartbeatLogMillis,
        long echoedEpoch,
        boolean draining) {

    /** The state form. */
    public static FleetInstanceState of(long epoch, FleetInstance instance) {
        return new FleetInstanceState(
                epoch,
                instance.instanceId(),
                instance.incarnation(),
                CapacityState.of(instance.capacity()),
                instance.lastHeartbeatLogMillis(),
                instance.echoedEpoch(),
                instance.draining());
    }

    /** The kernel's form. */
    public FleetInstance toCore() {
        return new FleetInstance(
                instanceId,
                incarnation,
                capacity.toCore(),
                lastHeartbeatLogMillis,
                echoedEpoch,
                draining);
    }
}
