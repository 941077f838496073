package io.sluice.jobs.state;

import io.sluice.core.kernel.InstanceState;

/** What a lane remembers of one instance. */
public record LinkState(
        String instanceId,
        long incarnation,
        CapacityState capacity,
        long lastSeq,
        long lastHeartbeatLogMillis,
        long awaitedSyncSeq,
        boolean draining,
        boolean dead,
        double roundTripMillis,
        double completionGapMillis,
        long lastCompletionMillis) {

    /** The state form. */
    public static LinkState of(InstanceState instance) {
        return new LinkState(
                instance.instanceId(),
                instance.incarnation(),
                CapacityState.of(instance.capacity()),
                instance.lastSeq(),
                instance.lastHeartbeatLogMillis(),
                instance.awaitedSyncSeq(),
                instance.draining(),
                instance.dead(),
                instance.pace().roundTripMillis(),
                instance.pace().completionGapMillis(),
                instance.pace().lastCompletionMillis());
    }

    /** The kernel's form. */
    public InstanceState toCore() {
        return new InstanceState(
                instanceId,
                incarnation,
                capacity.toCore(),
                lastSeq,
                lastHeartbeatLogMillis,
                awaitedSyncSeq,
                draining,
                dead,
                new InstanceState.Pace(roundTripMillis, completionGapMillis, lastCompletionMillis));
    }
}
