package io.sluice.jobs.state;

import io.sluice.core.kernel.GateNode;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** What the gate knows of one request of a workflow, under its id. */
public record GateNodeState(
        Phase phase,
        int priority,
        double serviceMillis,
        double criticalPathMillis,
        List<EdgeState> edges,
        List<String> dependants,
        @Nullable String failureCode,
        @Nullable String failureCause,
        long giveUpMillis,
        long wakeMillis) {

    /** Where a request stands; persisted by name. */
    public enum Phase {
        /** Named by others, not read. */
        EXPECTED,
        /** Held back. */
        WAITING,
        /** Let through. */
        PASSED,
        /** Ran to its last token. */
        COMPLETED,
        /** Ended otherwise, or will. */
        FAILED
    }

    /** The state form. */
    public static GateNodeState of(GateNode node) {
        GateNode.Failure failure = node.failure();
        return new GateNodeState(
                Phase.valueOf(node.phase().name()),
                node.priority(),
                node.serviceMillis(),
                node.criticalPathMillis(),
                node.edges().stream().map(EdgeState::of).toList(),
                node.dependants(),
                failure == null ? null : failure.code(),
                failure == null ? null : failure.cause(),
                node.giveUpMillis(),
                node.wakeMillis());
    }

    /** The kernel's form of what is known of that request. */
    public GateNode toCore(String requestId) {
        return new GateNode(
                requestId,
                GateNode.Phase.valueOf(phase.name()),
                priority,
                serviceMillis,
                criticalPathMillis,
                edges.stream().map(EdgeState::toCore).toList(),
                dependants,
                failureCode == null || failureCause == null
                        ? null
                        : new GateNode.Failure(failureCode, failureCause),
                giveUpMillis,
                wakeMillis);
    }
}
