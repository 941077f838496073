package io.sluice.jobs.state;

import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/** What the router remembers of one request, under its key. */
public record RouteState(
        Phase phase,
        int attempt,
        int failures,
        @Nullable String instanceId,
        @Nullable RequestState request,
        double work,
        @Nullable String cancelReason,
        @Nullable String avoid,
        long heldSinceMillis,
        long wakeupMillis,
        @Nullable GateHoldState gateHold,
        @Nullable EndingState ending,
        long assignedEpoch) {

    /** Where a request stands; persisted by name. */
    public enum Phase {
        /** Heard of, not read. */
        AWAITED,
        /** Read, not assigned. */
        HELD,
        /** With a lane. */
        ASSIGNED,
        /** Settled. */
        CLOSED,
        /** Ended, not read. */
        ENDED
    }

    /** The state form. */
    public static RouteState of(RouteRecord record) {
        return new RouteState(
                Phase.valueOf(record.phase().name()),
                record.attempt(),
                record.failures(),
                record.instanceId(),
                record.request() == null ? null : RequestState.of(record.request()),
                record.work(),
                record.cancelReason(),
                record.avoid(),
                record.heldSinceMillis(),
                record.wakeupMillis(),
                record.gateHold() == null ? null : GateHoldState.of(record.gateHold()),
                record.ending() == null ? null : EndingState.of(record.ending()),
                record.assignedEpoch());
    }

    /** The kernel's form of what is remembered of that request. */
    public RouteRecord toCore(RequestKey key) {
        return new RouteRecord(
                key,
                RouteRecord.Phase.valueOf(phase.name()),
                attempt,
                failures,
                instanceId,
                request == null ? null : request.toCore(key),
                work,
                cancelReason,
                avoid,
                heldSinceMillis,
                wakeupMillis,
                gateHold == null ? null : gateHold.toCore(),
                ending == null ? null : ending.toCore(),
                assignedEpoch);
    }
}
