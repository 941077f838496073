package io.sluice.sim.driver;

import io.sluice.core.kernel.HeapPendingStore;
import io.sluice.core.kernel.LaneState;

import java.util.Map;

/**
 * What survives of a set of lanes when their host does not. Nothing that happens later changes it.
 *
 * @param lanes what each lane remembers, by instance
 * @param wakeups when lanes are to be woken, by instance, in milliseconds
 */
public record LaneCheckpoint(Map<String, Lane> lanes, Map<String, Long> wakeups) {

    /** Lanes that have seen nothing. */
    public static final LaneCheckpoint EMPTY = new LaneCheckpoint(Map.of(), Map.of());

    /**
     * What one lane remembers.
     *
     * @param state everything but its entries
     * @param entries its entries; not to be modified
     */
    public record Lane(LaneState state, HeapPendingStore entries) {}

    /** Copies the maps. */
    public LaneCheckpoint {
        lanes = Map.copyOf(lanes);
        wakeups = Map.copyOf(wakeups);
    }
}
