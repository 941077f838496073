package io.sluice.jobs.differential;

import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.flow.WorkerReportMessage.Kind;
import io.sluice.sim.driver.LaneEvent;

/** What happens to a lane, as it reaches the operator. */
final class LaneInputs {

    private LaneInputs() {}

    static LaneInput of(LaneEvent.ToLane event) {
        if (event instanceof LaneEvent.Assign e) {
            return LaneInput.assign(e.instanceId(), e.request(), e.attempt());
        }
        if (event instanceof LaneEvent.Cancel e) {
            return LaneInput.cancel(e.instanceId(), e.key(), e.attempt(), e.reason());
        }
        if (event instanceof LaneEvent.Reprioritise e) {
            return LaneInput.reprioritise(e.instanceId(), e.key(), e.attempt(), e.priority());
        }
        if (event instanceof LaneEvent.Recheck e) {
            return LaneInput.recheck(e.instanceId(), e.release());
        }
        if (event instanceof LaneEvent.Drain e) {
            return LaneInput.drain(e.instanceId(), e.draining());
        }
        if (event instanceof LaneEvent.Reported e) {
            return LaneInput.report(message(e.report()));
        }
        throw new IllegalArgumentException("unknown event " + event);
    }

    /** A report, laid flat. */
    static WorkerReportMessage message(WorkerReport report) {
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
