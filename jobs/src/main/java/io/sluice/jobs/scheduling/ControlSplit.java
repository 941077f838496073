package io.sluice.jobs.scheduling;

import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.PolicyChange;
import io.sluice.jobs.flow.RouteInput;

import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * Parts what concerns requests, which goes to the router, from what concerns instances, which goes
 * to the lanes, and what concerns policies.
 */
public final class ControlSplit extends ProcessFunction<ControlMessage, RouteInput> {

    /** What concerns instances. */
    public static final OutputTag<LaneInput> TO_LANES =
            new OutputTag<>("control-to-lanes", TypeInformation.of(LaneInput.class));

    /** What concerns all. */
    public static final OutputTag<PolicyChange> POLICIES =
            new OutputTag<>("control-of-policies", TypeInformation.of(PolicyChange.class));

    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(ControlMessage control, Context context, Collector<RouteInput> out) {
        switch (control.kind()) {
            case CANCEL -> out.collect(RouteInput.cancel(target(control), control.reason()));
            case REPRIORITISE ->
                    out.collect(RouteInput.reprioritise(target(control), control.priority()));
            case DRAIN -> context.output(TO_LANES, LaneInput.drain(instance(control), true));
            case UNDRAIN -> context.output(TO_LANES, LaneInput.drain(instance(control), false));
            case POLICY -> context.output(POLICIES, required(control.policies(), control));
            case OBJECTIVE -> {
                // The SLA job takes it, or says what is wrong with it.
            }
        }
    }

    private static RequestKey target(ControlMessage control) {
        return required(control.target(), control);
    }

    private static String instance(ControlMessage control) {
        return required(control.instanceId(), control);
    }

    private static <T> T required(@Nullable T field, ControlMessage control) {
        return Objects.requireNonNull(field, () -> "control event lacks its target: " + control);
    }
}
