package io.sluice.core.routing;

import java.util.List;

/**
 * What survives of a fleet view across a restore.
 *
 * @param epoch latest job epoch
 * @param instances every instance ever heard of and not forgotten
 */
public record FleetState(long epoch, List<FleetInstance> instances) {

    /** Nothing known. */
    public static final FleetState EMPTY = new FleetState(0, List.of());

    /** Copies the list. */
    public FleetState {
        instances = List.copyOf(instances);
    }
}
