package io.sluice.core.latency;

import io.sluice.core.model.PriorityBand;

import java.util.Optional;

/** What the requests of one aggregate have in common. */
public enum SlaScope {
    /** Nothing: every request. */
    ALL,
    /**
     * The instance that ran them; requests that ended before one was chosen are in no group of this
     * scope.
     */
    INSTANCE,
    /** The model they asked for. */
    MODEL,
    /** The tenant that submitted them. */
    TENANT,
    /** Their {@link PriorityBand}. */
    PRIORITY;

    /** The single value of {@link #ALL}. */
    public static final String ALL_VALUE = "all";

    /**
     * Whether its values come from outside and may be any number, so that {@link SeriesCap} bounds
     * how many of them get a group of their own.
     */
    public boolean isUnbounded() {
        return this == INSTANCE || this == MODEL || this == TENANT;
    }

    /** The group of this scope that a request belongs to; empty if it belongs to none. */
    public Optional<String> valueOf(SlaLabels labels) {
        return switch (this) {
            case ALL -> Optional.of(ALL_VALUE);
            case INSTANCE -> Optional.ofNullable(labels.instance());
            case MODEL -> Optional.ofNullable(labels.model());
            case TENANT -> Optional.of(labels.tenant());
            case PRIORITY -> Optional.of(PriorityBand.of(labels.priority()).label());
        };
    }
}
