package io.sluice.jobs.state;

import io.sluice.core.kernel.LaneState;
import io.sluice.core.policy.OrderMemory;

import java.util.List;

/** What a lane remembers besides its entries and what its order does. */
public record LaneStateRecord(
        long epoch,
        long nextSeq,
        List<LinkState> links,
        boolean interrupted,
        List<ReleaseState> unsaid) {

    /** The state form. */
    public static LaneStateRecord of(LaneState lane) {
        return new LaneStateRecord(
                lane.epoch(),
                lane.nextSeq(),
                lane.instances().stream().map(LinkState::of).toList(),
                lane.interrupted(),
                lane.unsaid().stream().map(ReleaseState::of).toList());
    }

    /** The kernel's form. */
    public LaneState toCore() {
        return new LaneState(
                epoch,
                nextSeq,
                links.stream().map(LinkState::toCore).toList(),
                interrupted,
                unsaid.stream().map(ReleaseState::toCore).toList(),
                OrderMemory.EMPTY);
    }
}
