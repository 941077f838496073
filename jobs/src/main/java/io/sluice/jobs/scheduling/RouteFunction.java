package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RequestRouter;
import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.routing.FleetInstance;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.metrics.DecisionTimer;
import io.sluice.jobs.state.FleetInstanceState;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.ReleaseState;
import io.sluice.jobs.state.RouteState;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Hosts the router, keyed by request. Each subtask has a view of the whole fleet, fed in log order
 * under its synthetic keys and kept in union state, so that a subtask restored at another
 * parallelism knows every instance too. Main output: lanes.
 */
public final class RouteFunction
        extends KeyedBroadcastProcessFunction<String, RouteInput, JobNotice, LaneInput>
        implements CheckpointedFunction {

    /** Requests that are closed. */
    public static final OutputTag<SettledRequest> SETTLED =
            new OutputTag<>("settled", TypeInformation.of(SettledRequest.class));

    /** Why the router did what it did. */
    public static final OutputTag<DecisionMessage> DECISIONS =
            new OutputTag<>("route-decisions", TypeInformation.of(DecisionMessage.class));

    /** Stage of the dead letters that come from here. */
    public static final String STAGE = "route";

    private static final long serialVersionUID = 1L;

    private static final ValueStateDescriptor<RouteState> RECORD =
            new ValueStateDescriptor<>("request", TypeInformation.of(RouteState.class));

    /** Releases that came before the epoch was known. */
    private static final ListStateDescriptor<ReleaseState> POSTPONED =
            new ListStateDescriptor<>("postponed", TypeInformation.of(ReleaseState.class));

    /** The epoch comes with the start of the attempt, on another road than releases. */
    private static final long LOOK_AGAIN_MILLIS = 100;

    private static final ListStateDescriptor<FleetInstanceState> FLEET =
            new ListStateDescriptor<>("fleet", TypeInformation.of(FleetInstanceState.class));

    private final SchedulingSettings settings;

    private transient ListState<FleetInstanceState> fleetState;
    private transient ValueState<RouteState> record;
    private transient ListState<ReleaseState> postponed;
    private transient FleetView fleet;
    private transient OutstandingWork work;
    private transient KnownPolicies policies;
    private transient RequestRouter router;
    private transient Queue<RouterEffect> effects;
    private transient RouteMetrics metrics;
    private transient DecisionTimer decisions;
    private transient boolean recounted;
    private transient long epoch;

    /** Creates the function. */
    public RouteFunction(SchedulingSettings settings) {
        this.settings = settings;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        fleetState = context.getOperatorStateStore().getUnionListState(FLEET);
        long savedEpoch = 0;
        Map<String, FleetInstance> newest = new HashMap<>();
        for (FleetInstanceState saved : fleetState.get()) {
            savedEpoch = Math.max(savedEpoch, saved.epoch());
            newest.merge(saved.instanceId(), saved.toCore(), RouteFunction::later);
        }
        fleet =
                new FleetView(
                        settings.leaseMillis(),
                        settings.dedupWindowMillis(),
                        new FleetState(savedEpoch, newest.values().stream().toList()));
    }

    private static FleetInstance later(FleetInstance a, FleetInstance b) {
        boolean aLater =
                a.incarnation() != b.incarnation()
                        ? a.incarnation() > b.incarnation()
                        : a.lastHeartbeatLogMillis() >= b.lastHeartbeatLogMillis();
        return aLater ? a : b;
    }

    @Override
    public void open(OpenContext context) {
        record = getRuntimeContext().getState(RECORD);
        postponed = getRuntimeContext().getListState(POSTPONED);
        effects = new ArrayDeque<>();
        work = new OutstandingWork();
        policies = new KnownPolicies(settings.policies());
        choosePolicies();
        metrics = new RouteMetrics(getRuntimeContext().getMetricGroup(), fleet, policies);
        decisions = new DecisionTimer(getRuntimeContext().getMetricGroup());
    }

    /** What was assigned stays where it is; the routers' records know nothing of policies. */
    private void choosePolicies() {
        router =
                new RequestRouter(
                        settings.router(),
                        fleet,
                        policies.choice().newRouting(),
                        work,
                        effects::add);
    }

    private void recallPolicies(ReadOnlyContext context) throws Exception {
        if (policies.recall(context.getBroadcastState(KnownPolicies.STATE))) {
            choosePolicies();
        }
    }

    @Override
    public void processElement(RouteInput input, ReadOnlyContext context, Collector<LaneInput> out)
            throws Exception {
        recallPolicies(context);
        if (input.kind() == RouteInput.Kind.FLEET) {
            fleet.report(required(input.report()).toCore());
        } else if (input.kind() == RouteInput.Kind.TICK) {
            Tick tick = required(input.tick());
            fleet.tick(tick.epoch(), tick.partition(), tick.partitions(), tick.logMillis());
        } else {
            long now = context.timerService().currentProcessingTime();
            RouteRecord before = restored(context);
            decisions.start();
            RouteRecord after = take(before, input, now);
            decisions.stop();
            carryOut(now, input.position(), context, out);
            keep(before, after, context);
        }
    }

    private @Nullable RouteRecord take(@Nullable RouteRecord known, RouteInput input, long now) {
        return switch (input.kind()) {
            case SUBMIT -> router.submit(known, required(input.request()), input.verdict(), now);
            case SUBMIT_WAITING -> router.submitWaiting(known, required(input.request()), now);
            case LET_THROUGH -> router.letThrough(known, input.criticalPathMillis(), now);
            case PATH_CHANGED -> router.pathChanged(known, input.criticalPathMillis());
            case REFUSE -> router.refuse(known, required(input.verdict()), now);
            case CANCEL ->
                    router.cancel(known, required(input.target()), required(input.text()), now);
            case REPRIORITISE ->
                    router.reprioritise(known, required(input.target()), input.priority());
            case RELEASE -> router.released(known, required(input.release()), now);
            case COMPLETED -> router.completed(known, required(input.report()).toCompleted(), now);
            case ADOPT -> router.adopt(known, required(input.run()), required(input.text()), now);
            case FLEET, TICK ->
                    throw new IllegalArgumentException("concerns no single request: " + input);
        };
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<LaneInput> out)
            throws Exception {
        recallPolicies(context);
        long now = context.timerService().currentProcessingTime();
        RouteRecord before = restored(context);
        if (before != null) {
            decisions.start();
            RouteRecord after = router.wakeup(before, now);
            decisions.stop();
            carryOut(now, null, context, out);
            keep(before, after, context);
        }
        lookAgain(now, context, out);
    }

    private void postpone(Release release, long now, ReadOnlyContext context) throws Exception {
        postponed.add(ReleaseState.of(release));
        context.timerService().registerProcessingTimeTimer(now + LOOK_AGAIN_MILLIS);
    }

    /** Gives the router what was postponed; it may have to be once more. */
    private void lookAgain(long now, ReadOnlyContext context, Collector<LaneInput> out)
            throws Exception {
        List<ReleaseState> releases = new ArrayList<>();
        postponed.get().forEach(releases::add);
        postponed.clear();
        for (ReleaseState release : releases) {
            RouteRecord before = restored(context);
            RouteRecord after = router.released(before, release.toCore(), now);
            carryOut(now, null, context, out);
            keep(before, after, context);
        }
    }

    /**
     * In a new job attempt, what this subtask has assigned is counted afresh from its records,
     * once.
     */
    @Override
    public void processBroadcastElement(JobNotice notice, Context context, Collector<LaneInput> out)
            throws Exception {
        if (policies.take(notice.policies(), context.getBroadcastState(KnownPolicies.STATE))) {
            choosePolicies();
        }
        epoch = notice.epoch();
        fleet.startEpoch(epoch);
        if (!recounted) {
            recounted = true;
            work.clear();
            context.applyToKeyedState(
                    RECORD, (key, state) -> router.recount(toCore(key, state.value())));
        }
    }

    private @Nullable RouteRecord restored(ReadOnlyContext context) throws Exception {
        RouteState state = record.value();
        return state == null ? null : toCore(context.getCurrentKey(), state);
    }

    private static RouteRecord toCore(String scopedKey, RouteState state) {
        return state.toCore(RequestKey.parse(scopedKey));
    }

    private void keep(
            @Nullable RouteRecord before, @Nullable RouteRecord after, ReadOnlyContext context)
            throws Exception {
        if (after == null) {
            record.clear();
            return;
        }
        if (after.equals(before)) {
            return;
        }
        record.update(RouteState.of(after));
        long wakeup = after.wakeupMillis();
        boolean moved = before == null || before.wakeupMillis() != wakeup;
        if (moved && wakeup != PendingRequest.NEVER) {
            context.timerService().registerProcessingTimeTimer(wakeup);
        }
    }

    private void carryOut(
            long now,
            @Nullable LogPosition position,
            ReadOnlyContext context,
            Collector<LaneInput> out)
            throws Exception {
        RouteDecisions why = new RouteDecisions(settings.decisionSampling(), policies, epoch, now);
        for (RouterEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
            metrics.count(effect);
            if (effect instanceof RouterEffect.ToLane toLane) {
                out.collect(RouteMessages.toLane(toLane));
            } else if (effect instanceof RouterEffect.Settled settled) {
                context.output(SETTLED, settled.outcome());
            } else if (effect instanceof RouterEffect.Postponed early) {
                postpone(early.release(), now, context);
            } else if (effect instanceof RouterEffect.TooLate late) {
                context.output(
                        SplitDecodedFunction.DEAD_LETTERS, tooLate(late, required(position), now));
            }
            DecisionMessage decision = why.of(effect);
            if (decision != null) {
                context.output(DECISIONS, decision);
            }
        }
    }

    private static DeadLetterRecord tooLate(
            RouterEffect.TooLate late, LogPosition position, long now) {
        String message =
                "request %s completed, but was forgotten before: the report is older than the dedup window"
                        .formatted(late.report().run().key());
        return new DeadLetterRecord(
                position,
                new RawMessage(null, null, Map.of()),
                new Failure(STAGE, "LateReport", message, null),
                now);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        FleetState state = fleet.state();
        fleetState.clear();
        for (FleetInstance instance : state.instances()) {
            fleetState.add(FleetInstanceState.of(state.epoch(), instance));
        }
    }

    private static <T> T required(@Nullable T field) {
        return Objects.requireNonNull(field, "route input lacks a field");
    }
}
