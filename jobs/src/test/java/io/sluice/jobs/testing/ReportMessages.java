package io.sluice.jobs.testing;

import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.flow.WorkerReportMessage.Kind;

/** Workers' reports as they travel between operators. */
public final class ReportMessages {

    private ReportMessages() {}

    /** A report, laid flat. */
    public static WorkerReportMessage of(WorkerReport report) {
        if (report instanceof WorkerReport.Registered r) {
            return WorkerReportMessage.registered(r.origin(), r.capacity());
        }
        if (report instanceof WorkerReport.Heartbeat r) {
            return WorkerReportMessage.heartbeat(
                    r.origin(), r.capacity(), r.accepted(), r.syncSeq(), r.draining());
        }
        if (report instanceof WorkerReport.Draining r) {
            return WorkerReportMessage.draining(r.origin(), r.draining());
        }
        if (report instanceof WorkerReport.Completed r) {
            return WorkerReportMessage.completed(r.origin(), r.run(), r.facts(), r.measures());
        }
        if (report instanceof WorkerReport.Failed r) {
            return WorkerReportMessage.trouble(
                    Kind.FAILED, r.origin(), r.run(), r.retriable(), r.code(), r.message());
        }
        if (report instanceof WorkerReport.Refused r) {
            return WorkerReportMessage.trouble(
                    Kind.REFUSED, r.origin(), r.run(), false, r.code(), r.message());
        }
        WorkerReport.OfRun ofRun = (WorkerReport.OfRun) report;
        return WorkerReportMessage.ofRun(kind(ofRun), ofRun.origin(), ofRun.run());
    }

    private static Kind kind(WorkerReport.OfRun report) {
        if (report instanceof WorkerReport.Accepted) {
            return Kind.ACCEPTED;
        }
        if (report instanceof WorkerReport.Progressed) {
            return Kind.PROGRESSED;
        }
        if (report instanceof WorkerReport.Cancelled) {
            return Kind.CANCELLED;
        }
        if (report instanceof WorkerReport.GivenBack) {
            return Kind.GIVEN_BACK;
        }
        throw new IllegalArgumentException("unknown report " + report);
    }
}
