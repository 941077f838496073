package io.sluice.sim.protocol;

import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What travels on the edges of the job. */
sealed interface Message {

    /** Separates what belongs to a checkpoint from what does not. */
    record Barrier(int checkpoint) implements Message {}

    /** What somebody wants of the running system, through the control topic. */
    sealed interface Order extends Message {}

    /** The number of this job attempt. */
    record Epoch(long epoch) implements Message {}

    /** The number of this job attempt, and the policies in force. */
    record Notice(long epoch, Policies policies) implements Message {}

    /** A submission, with what decoding thought of it, and those that come before it. */
    record Submitted(PendingRequest request, @Nullable Verdict verdict, List<Dependency> waitFor)
            implements Message {}

    /** The end of a request, as read from the outcomes. */
    record Ended(SettledRequest outcome) implements Message {}

    /** What the gate wants done, with the request if it is about one that has just arrived. */
    record FromGate(RequestKey key, GateEffect effect, @Nullable PendingRequest request)
            implements Message {}

    /** Somebody wants a request cancelled. */
    record Cancel(RequestKey key, String reason) implements Order {}

    /** Somebody wants a request to have another priority. */
    record Reprioritise(RequestKey key, int priority) implements Order {}

    /** Somebody wants an instance drained, or not any more. */
    record Drain(String instanceId, boolean draining) implements Order {}

    /** Somebody wants other policies; what is null stays as it is. */
    record ChoosePolicies(@Nullable LaneRule lanes, @Nullable String routing) implements Order {}

    /** A release, as read from the hand-backs. */
    record HandedBack(Release release) implements Message {}

    /** A tick, as read from a partition of the worker events. */
    record Ticked(long epoch, int partition, long appendedMillis) implements Message {}

    /** A report, as read from the worker events. */
    record Reported(WorkerReport report) implements Message {}

    /** A worker holds a run, says its answer to a sync. */
    record Held(RunId run, String instanceId) implements Message {}

    /** Something from a router to a lane. */
    record ToLane(RouterEffect.ToLane effect) implements Message {}

    /** A request is closed. */
    record Closed(SettledRequest outcome) implements Message {}
}
