package io.sluice.core.kernel;

import io.sluice.core.model.Release;
import io.sluice.core.policy.OrderMemory;

import java.util.List;

/**
 * What a lane remembers besides its entries.
 *
 * @param epoch latest job epoch it has seen
 * @param nextSeq number of its next command
 * @param instances its instances
 * @param interrupted whether what waits is to be handed back once stock is taken, since the lane
 *     took no work for a time
 * @param unsaid releases that wait for the epoch in which they count
 * @param order what the order of its queue remembers
 */
public record LaneState(
        long epoch,
        long nextSeq,
        List<InstanceState> instances,
        boolean interrupted,
        List<Release> unsaid,
        OrderMemory order) {

    /** A lane that has seen nothing. */
    public static final LaneState EMPTY =
            new LaneState(0, 1, List.of(), false, List.of(), OrderMemory.EMPTY);

    /** The same with what an order remembers. */
    public LaneState withOrder(OrderMemory memory) {
        return new LaneState(epoch, nextSeq, instances, interrupted, unsaid, memory);
    }

    /** Copies the lists. */
    public LaneState {
        instances = List.copyOf(instances);
        unsaid = List.copyOf(unsaid);
    }
}
