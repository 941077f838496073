package io.sluice.jobs.scheduling;

import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.GateInput;

import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps the ends of requests that belong to a workflow; nobody can wait for the others. */
final class EndNoticeSplit extends ProcessFunction<EndNotice, GateInput> {

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(EndNotice end, Context context, Collector<GateInput> out) {
        String workflow = end.workflowId();
        if (GateInput.isWorkflow(workflow)) {
            out.collect(
                    GateInput.ended(workflow, end.request(), end.outcome(), end.settledAtMillis()));
        }
    }
}
