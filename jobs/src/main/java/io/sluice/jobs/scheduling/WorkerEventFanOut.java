package io.sluice.jobs.scheduling;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.state.LogPosition;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends each record of the workers' log to those whom it concerns, in the order of the log: to the
 * lane of its instance, to the router of its request, and, where it tells of the fleet or of time,
 * to every subtask of both. Main output: lanes.
 *
 * <p>What a worker holds goes to the routers of those requests before the heartbeat itself does, so
 * that a router that has seen every instance answer has also seen everything that they hold.
 */
public final class WorkerEventFanOut extends ProcessFunction<WorkerLogRecord, LaneInput> {

    /** What goes to the routers. */
    public static final OutputTag<RouteInput> TO_ROUTE =
            new OutputTag<>("worker-events-to-route", TypeInformation.of(RouteInput.class));

    /** What goes to the gate. */
    public static final OutputTag<GateInput> TO_GATE =
            new OutputTag<>("worker-events-to-gate", TypeInformation.of(GateInput.class));

    private static final long serialVersionUID = 1L;

    private transient String[] subtaskKeys;

    @Override
    public void open(OpenContext context) {
        int parallelism = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
        int maxParallelism = getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks();
        subtaskKeys = SubtaskKeys.of(parallelism, maxParallelism);
    }

    @Override
    public void processElement(WorkerLogRecord record, Context context, Collector<LaneInput> out) {
        if (record.tick() != null) {
            for (String subtask : subtaskKeys) {
                out.collect(LaneInput.tick(subtask, record.tick()));
                context.output(TO_ROUTE, RouteInput.tick(subtask, record.tick()));
            }
            return;
        }
        WorkerReportMessage report = record.report();
        out.collect(LaneInput.report(report));
        switch (report.kind()) {
            case COMPLETED -> completed(report, record.position(), context);
            case REGISTERED, HEARTBEAT, DRAINING -> toEveryRouter(report, context);
            case ACCEPTED, PROGRESSED, FAILED, CANCELLED, REFUSED, GIVEN_BACK -> {
                // Only the lane needs these; it tells the router what follows from them.
            }
        }
    }

    private void completed(WorkerReportMessage report, LogPosition position, Context context) {
        context.output(TO_ROUTE, RouteInput.completed(report, position));
        WorkerReport.Completed completed = report.toCompleted();
        String workflow = completed.facts().tags().workflowId();
        if (GateInput.isWorkflow(workflow)) {
            long millis = completed.origin().logMillis();
            RequestKey request = completed.run().key();
            context.output(TO_GATE, GateInput.ended(workflow, request, null, millis));
        }
    }

    private void toEveryRouter(WorkerReportMessage report, Context context) {
        String instanceId = report.origin().instanceId();
        if (report.syncSeq() > 0) {
            for (AcceptedRun held : report.accepted()) {
                context.output(TO_ROUTE, RouteInput.adopt(held.run(), instanceId));
            }
        }
        // The routers' copies need not carry the list again.
        WorkerReportMessage instance = report.withoutRuns();
        for (String subtask : subtaskKeys) {
            context.output(TO_ROUTE, RouteInput.fleet(subtask, instance));
        }
    }
}
