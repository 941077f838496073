package io.sluice.sim.driver;

import io.sluice.core.kernel.Assignment;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.policy.PolicyChoice;

import java.util.List;

/** What happens to lanes, besides the passing of time. */
public sealed interface LaneEvent {

    /** What concerns one lane. */
    sealed interface ToLane extends LaneEvent {
        /** The lane's instance. */
        String instanceId();
    }

    /** The router gives an attempt to a lane. */
    record Assign(String instanceId, PendingRequest request, int attempt) implements ToLane {}

    /** The router gives attempts to a lane at one moment, at which it decides once. */
    record AssignedTogether(String instanceId, List<Assignment> assignments) implements ToLane {

        /** Copies the list. */
        public AssignedTogether {
            assignments = List.copyOf(assignments);
        }
    }

    /** An attempt is no longer wanted; the reason goes to the worker and into the outcome. */
    record Cancel(String instanceId, RequestKey key, int attempt, String reason)
            implements ToLane {}

    /** A waiting request goes where its priority and what waits for it say from now on. */
    record Revalue(
            String instanceId, RequestKey key, int attempt, int priority, long criticalPathMillis)
            implements ToLane {}

    /** A release of an earlier epoch has come back: does it still hold? */
    record Recheck(String instanceId, Release release) implements ToLane {}

    /** The operator wants the instance drained, or, with the flag unset, back. */
    record Drain(String instanceId, boolean draining) implements ToLane {}

    /** A worker's report was read from its log. */
    record Reported(WorkerReport report) implements ToLane {
        @Override
        public String instanceId() {
            return report.origin().instanceId();
        }
    }

    /** Reports of a worker that tell of one moment were read from its log. */
    record ReportedTogether(String instanceId, List<WorkerReport> reports) implements ToLane {

        /** Copies the list. */
        public ReportedTogether {
            reports = List.copyOf(reports);
        }
    }

    /** A partition of the workers' log was read up to a broker time in milliseconds. */
    record Ticked(int partition, long logMillis) implements LaneEvent {}

    /** All lanes decide by other policies from now on; before the first epoch, from that on. */
    record PoliciesChosen(PolicyChoice policies) implements LaneEvent {}

    /** A job attempt begins; its number is larger than any before. */
    record EpochStarted(long epoch) implements LaneEvent {}
}
