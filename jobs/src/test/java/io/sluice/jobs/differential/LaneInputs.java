package io.sluice.jobs.differential;

import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.WorkerReportMessage;
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
        if (event instanceof LaneEvent.Revalue e) {
            return LaneInput.revalue(
                    e.instanceId(), e.key(), e.attempt(), e.priority(), e.criticalPathMillis());
        }
        if (event instanceof LaneEvent.Recheck e) {
            return LaneInput.recheck(e.instanceId(), e.release());
        }
        if (event instanceof LaneEvent.Drain e) {
            return LaneInput.drain(e.instanceId(), e.draining());
        }
        if (event instanceof LaneEvent.Reported e) {
            return LaneInput.report(WorkerReportMessage.of(e.report()));
        }
        throw new IllegalArgumentException("unknown event " + event);
    }
}
