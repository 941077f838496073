package io.sluice.core.kernel;

import java.util.List;

/**
 * What a lane remembers besides its entries.
 *
 * @param epoch latest job epoch it has seen
 * @param nextSeq number of its next command
 * @param instances its instances
 */
public record LaneState(long epoch, long nextSeq, List<InstanceState> instances) {

    /** A lane that has seen nothing. */
    public static final LaneState EMPTY = new LaneState(0, 1, List.of());

    /** Copies the list. */
    public LaneState {
        instances = List.copyOf(instances);
    }
}
