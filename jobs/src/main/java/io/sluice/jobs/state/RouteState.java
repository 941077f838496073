package io.sluice.jobs.state;

import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/** What the router remembers of one request. */
public record RouteState(
        String tenant,
        String requestId,
        Phase phase,
        int attempt,
        int failures,
        @Nullable String instanceId,
        @Nullable RequestState request,
        double work,
        @Nullable String cancelReason,
        @Nullable String avoid,
        long heldSinceMillis,
        long wakeupMillis) {

    /** Where a request stands; persisted by name. */
    public enum Phase {
        /** Heard of, not read. */
        AWAITED,
        /** Read, not assigned. */
        HELD,
        /** With a lane. */
        ASSIGNED,
        /** Settled. */
        CLOSED
    }

    /** The state form. */
    public static RouteState of(RouteRecord record) {
        return new RouteState(
                record.key().tenant(),
                record.key().requestId(),
                Phase.valueOf(record.phase().name()),
                record.attempt(),
                record.failures(),
                record.instanceId(),
                record.request() == null ? null : RequestState.of(record.request()),
                record.work(),
                record.cancelReason(),
                record.avoid(),
                record.heldSinceMillis(),
                record.wakeupMillis());
    }

    /** The kernel's form. */
    public RouteRecord toCore() {
        return new RouteRecord(
                new RequestKey(tenant, requestId),
                RouteRecord.Phase.valueOf(phase.name()),
                attempt,
                failures,
                instanceId,
                request == null ? null : request.toCore(),
                work,
                cancelReason,
                avoid,
                heldSinceMillis,
                wakeupMillis);
    }
}
