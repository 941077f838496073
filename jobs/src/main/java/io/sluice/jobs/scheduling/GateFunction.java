package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateArrival;
import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.WorkflowGate;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.jobs.flow.GateInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.state.GateNodeState;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;

/**
 * Hosts the gate, keyed by workflow. Requests go on to their routers at once, those that have to
 * wait marked as such; what becomes of these follows. To a router the gate is a requests topic that
 * is slower than others, so that restoring it needs no rule of its own but one: what it concludes
 * depends on what it had read (see {@link io.sluice.core.kernel.Verdict#ofTheMoment}).
 */
public final class GateFunction extends KeyedProcessFunction<String, GateInput, RouteInput> {

    private static final long serialVersionUID = 1L;

    private static final MapStateDescriptor<String, GateNodeState> NODES =
            new MapStateDescriptor<>(
                    "workflow", Types.STRING, TypeInformation.of(GateNodeState.class));

    private final SchedulingSettings settings;

    private transient FlinkGateStore workflow;
    private transient WorkflowGate gate;
    private transient Queue<GateEffect> effects;
    private transient GateMetrics metrics;

    /** Creates the function. */
    public GateFunction(SchedulingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void open(OpenContext context) {
        workflow = new FlinkGateStore(getRuntimeContext().getMapState(NODES));
        effects = new ArrayDeque<>();
        metrics = new GateMetrics(getRuntimeContext().getMetricGroup());
        gate = new WorkflowGate(settings.gate(), effects::add);
    }

    @Override
    public void processElement(GateInput input, Context context, Collector<RouteInput> out) {
        Submission read = input.submission();
        if (read != null && read.verdict() != null) {
            // It waits for nobody; those who wait for it learn from its outcome how it has ended.
            out.collect(RouteInput.submit(read.request(), read.verdict()));
            return;
        }
        long now = context.timerService().currentProcessingTime();
        long wake = take(input, now);
        wakeAt(wake, context);
        PendingRequest arrived = read == null ? null : read.request();
        pass(context.getCurrentKey(), arrived, out);
    }

    private long take(GateInput input, long now) {
        Submission submission = input.submission();
        if (submission != null) {
            GateArrival arrival = GateArrival.of(submission.request(), submission.waitFor());
            return gate.arrived(workflow, arrival, now);
        }
        String requestId = Objects.requireNonNull(input.request(), "nobody has ended").requestId();
        return gate.ended(workflow, requestId, input.outcome(), input.endedAtMillis(), now);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<RouteInput> out) {
        long now = context.timerService().currentProcessingTime();
        wakeAt(gate.wakeup(workflow, now), context);
        pass(context.getCurrentKey(), null, out);
    }

    /** Timers of one time are one, and one that comes for nothing changes nothing. */
    private static void wakeAt(long wake, Context context) {
        if (wake != PendingRequest.NEVER) {
            context.timerService().registerProcessingTimeTimer(wake);
        }
    }

    private void pass(
            String scopedWorkflow, @Nullable PendingRequest arrived, Collector<RouteInput> out) {
        String tenant = RequestKey.parse(scopedWorkflow).tenant();
        for (GateEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
            metrics.count(effect);
            RequestKey target = new RequestKey(tenant, effect.requestId());
            out.collect(message(effect, target, arrived));
        }
    }

    private RouteInput message(
            GateEffect effect, RequestKey target, @Nullable PendingRequest arrived) {
        if (effect instanceof GateEffect.Submit submit) {
            PendingRequest request =
                    Objects.requireNonNull(arrived, "no request has arrived")
                            .withPriority(
                                    settings.ceilings().cap(target.tenant(), submit.priority()))
                            .withCriticalPath(submit.criticalPathMillis());
            return submit.waits() && submit.verdict() == null
                    ? RouteInput.submitWaiting(request)
                    : RouteInput.submit(request, submit.verdict());
        }
        if (effect instanceof GateEffect.LetThrough through) {
            return RouteInput.letThrough(target, through.criticalPathMillis());
        }
        if (effect instanceof GateEffect.Refuse refuse) {
            return RouteInput.refuse(target, refuse.verdict());
        }
        if (effect instanceof GateEffect.Raise raise) {
            return RouteInput.reprioritise(
                    target, settings.ceilings().cap(target.tenant(), raise.priority()));
        }
        if (effect instanceof GateEffect.PathChanged changed) {
            return RouteInput.pathChanged(target, changed.criticalPathMillis());
        }
        throw new IllegalArgumentException("unknown effect " + effect);
    }
}
