package io.sluice.jobs.scheduling;

import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Parts requests of a workflow, which go to its gate, from all others, which go to their routers. A
 * verdict makes no difference: a bad repeat that took the shorter road would overtake the original,
 * and close it.
 */
public final class SubmissionSplit extends ProcessFunction<Submission, RouteInput> {

    /** What goes to the gate. */
    public static final OutputTag<GateInput> TO_GATE =
            new OutputTag<>("requests-to-gate", TypeInformation.of(GateInput.class));

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Submission read, Context context, Collector<RouteInput> out) {
        String workflow = read.request().passengers().workflowId();
        if (GateInput.isWorkflow(workflow)) {
            context.output(TO_GATE, GateInput.submitted(workflow, read));
        } else {
            out.collect(RouteInput.submit(read.request(), read.verdict()));
        }
    }
}
