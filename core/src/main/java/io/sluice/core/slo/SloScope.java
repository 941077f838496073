package io.sluice.core.slo;

import io.sluice.core.latency.SlaScope;

import java.util.Optional;

/** What the requests of one series of an objective share. */
public enum SloScope {
    /** Nothing but the selector of the objective. */
    ALL,
    /** The tenant that submitted them. */
    TENANT,
    /** The model they asked for. */
    MODEL,
    /** Their priority band. */
    PRIORITY,
    /** The service tier they asked for. */
    TIER,
    /** The instance that ran them. */
    INSTANCE;

    /** Whether clients and workers name its values, so that there may be any number of them. */
    public boolean isUnbounded() {
        return switch (this) {
            case ALL, PRIORITY -> false;
            case TENANT, MODEL, TIER, INSTANCE -> true;
        };
    }

    /** The series of this scope that a request belongs to; empty if it belongs to none. */
    public Optional<String> valueOf(SloRequest request) {
        return switch (this) {
            case ALL -> SlaScope.ALL.valueOf(request.labels());
            case TENANT -> SlaScope.TENANT.valueOf(request.labels());
            case MODEL -> SlaScope.MODEL.valueOf(request.labels());
            case PRIORITY -> SlaScope.PRIORITY.valueOf(request.labels());
            case TIER -> Optional.ofNullable(request.serviceTier());
            case INSTANCE -> SlaScope.INSTANCE.valueOf(request.labels());
        };
    }
}
