package io.sluice.jobs.state;

import io.sluice.core.kernel.LaneState;
import io.sluice.core.policy.OrderMemory;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/** What a lane remembers besides its entries. */
public record LaneStateRecord(
        long epoch,
        long nextSeq,
        List<LinkState> links,
        boolean interrupted,
        List<ReleaseState> unsaid,
        Map<String, Double> order,
        long @Nullable [] orderNumbers) {

    /** The state form. */
    public static LaneStateRecord of(LaneState lane) {
        return new LaneStateRecord(
                lane.epoch(),
                lane.nextSeq(),
                lane.instances().stream().map(LinkState::of).toList(),
                lane.interrupted(),
                lane.unsaid().stream().map(ReleaseState::of).toList(),
                lane.order().values(),
                lane.order().numbers());
    }

    /** The kernel's form. */
    public LaneState toCore() {
        return new LaneState(
                epoch,
                nextSeq,
                links.stream().map(LinkState::toCore).toList(),
                interrupted,
                unsaid.stream().map(ReleaseState::toCore).toList(),
                new OrderMemory(order, orderNumbers == null ? new long[0] : orderNumbers));
    }
}
