package io.sluice.sim.worker;

import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;

import java.util.function.Function;

/** Gives reports another origin. */
public final class Reports {

    private Reports() {}

    /** The report as it is read from the log, with the broker's append time. */
    public static WorkerReport readAt(WorkerReport report, long logMillis) {
        return from(
                report,
                o ->
                        new ReportOrigin(
                                o.instanceId(), o.incarnation(), o.seq(), o.epoch(), logMillis));
    }

    /** The report as another one says it again. */
    static WorkerReport from(WorkerReport report, ReportOrigin origin) {
        return from(report, before -> origin);
    }

    private static WorkerReport from(
            WorkerReport report, Function<ReportOrigin, ReportOrigin> change) {
        ReportOrigin origin = change.apply(report.origin());
        if (report instanceof WorkerReport.OfRun ofRun) {
            return ofRun(ofRun, origin);
        }
        if (report instanceof WorkerReport.Registered r) {
            return new WorkerReport.Registered(origin, r.capacity());
        }
        if (report instanceof WorkerReport.Heartbeat h) {
            return new WorkerReport.Heartbeat(
                    origin, h.capacity(), h.accepted(), h.syncSeq(), h.draining());
        }
        if (report instanceof WorkerReport.Draining d) {
            return new WorkerReport.Draining(origin, d.draining());
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }

    private static WorkerReport.OfRun ofRun(WorkerReport.OfRun report, ReportOrigin origin) {
        if (report instanceof WorkerReport.Accepted r) {
            return new WorkerReport.Accepted(origin, r.run());
        }
        if (report instanceof WorkerReport.Progressed r) {
            return new WorkerReport.Progressed(origin, r.run());
        }
        if (report instanceof WorkerReport.Completed r) {
            return new WorkerReport.Completed(origin, r.run(), r.facts(), r.measures());
        }
        if (report instanceof WorkerReport.Failed r) {
            return new WorkerReport.Failed(origin, r.run(), r.retriable(), r.code(), r.message());
        }
        if (report instanceof WorkerReport.Cancelled r) {
            return new WorkerReport.Cancelled(origin, r.run());
        }
        if (report instanceof WorkerReport.Refused r) {
            return new WorkerReport.Refused(origin, r.run(), r.code(), r.message());
        }
        if (report instanceof WorkerReport.Preempted r) {
            return new WorkerReport.Preempted(origin, r.run(), r.progress());
        }
        if (report instanceof WorkerReport.GivenBack r) {
            return new WorkerReport.GivenBack(origin, r.run());
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }
}
