package io.sluice.jobs.scheduling;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Passengers;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.core.policy.PolicyChoice;
import io.sluice.jobs.flow.WorkerReportMessage;

import java.util.List;

/** Small requests and workers for tests. */
final class Scenario {

    static final SchedulingSettings SETTINGS =
            new SchedulingSettings(
                    PolicyChoice.DEFAULT
                            .withOrdering("priority")
                            .withAdmission("limits:max-requests=1000,max-tokens=1000000"),
                    16,
                    5_000,
                    3,
                    30_000,
                    60_000,
                    1_000,
                    10,
                    256,
                    100,
                    1);

    private Scenario() {}

    static PendingRequest request(String id, int priority, long submittedAt) {
        return expiring(id, priority, submittedAt, PendingRequest.NEVER);
    }

    static PendingRequest expiring(String id, int priority, long submittedAt, long expiresAt) {
        return new PendingRequest(
                new RequestKey("acme", id),
                "m",
                priority,
                submittedAt,
                expiresAt,
                PendingRequest.NEVER,
                100,
                50,
                0,
                SloTarget.NONE,
                null,
                null,
                Passengers.createdAt(submittedAt));
    }

    static InstanceCapacity capacity(int sequences) {
        return new InstanceCapacity(List.of("m"), sequences, 100_000, 8_000, 3, 0, 0.1, 10);
    }

    /** A worker of one instance, as its log would show it. */
    static final class Worker {

        private final String instanceId;
        private final long incarnation;
        private final int sequences;
        private long seq;

        Worker(String instanceId, long incarnation, int sequences) {
            this.instanceId = instanceId;
            this.incarnation = incarnation;
            this.sequences = sequences;
        }

        WorkerReportMessage registers(long logMillis) {
            return WorkerReportMessage.of(
                    new WorkerReport.Registered(origin(0, logMillis), capacity(sequences)));
        }

        WorkerReportMessage answers(
                long epoch, long syncSeq, long logMillis, AcceptedRun... accepted) {
            return WorkerReportMessage.of(
                    new WorkerReport.Heartbeat(
                            origin(epoch, logMillis),
                            capacity(sequences),
                            List.of(accepted),
                            syncSeq,
                            false));
        }

        WorkerReportMessage accepts(RunId run, long logMillis) {
            return WorkerReportMessage.of(
                    new WorkerReport.Accepted(origin(run.commandEpoch(), logMillis), run));
        }

        WorkerReportMessage completes(RunId run, long logMillis) {
            return WorkerReportMessage.of(
                    new WorkerReport.Completed(
                            origin(run.commandEpoch(), logMillis),
                            run,
                            new RequestFacts(
                                    "m",
                                    0,
                                    RequestTags.NONE,
                                    0,
                                    0,
                                    PendingRequest.NEVER,
                                    SloTarget.NONE,
                                    100,
                                    0,
                                    "priority"),
                            new RunMeasures(5, 20, 10, 500, 100, 50, 0, "stop")));
        }

        private ReportOrigin origin(long epoch, long logMillis) {
            seq++;
            return new ReportOrigin(instanceId, incarnation, seq, epoch, logMillis);
        }
    }
}
