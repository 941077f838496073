package io.sluice.core.routing;

import io.sluice.core.model.InstanceCapacity;

/**
 * What the router knows of one instance.
 *
 * @param instanceId instance
 * @param incarnation latest life of its worker
 * @param capacity what it advertises
 * @param lastHeartbeatLogMillis broker time of its last heartbeat
 * @param echoedEpoch latest job epoch for which it has said what it holds
 * @param draining whether it takes no more work
 */
public record FleetInstance(
        String instanceId,
        long incarnation,
        InstanceCapacity capacity,
        long lastHeartbeatLogMillis,
        long echoedEpoch,
        boolean draining) {

    FleetInstance echoing(long epoch) {
        return new FleetInstance(
                instanceId, incarnation, capacity, lastHeartbeatLogMillis, epoch, draining);
    }

    FleetInstance draining(boolean nowDraining) {
        return new FleetInstance(
                instanceId,
                incarnation,
                capacity,
                lastHeartbeatLogMillis,
                echoedEpoch,
                nowDraining);
    }
}
