package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.LaneSettings;
import io.sluice.core.kernel.LaneState;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.metrics.DecisionTimer;
import io.sluice.jobs.state.LaneEntryState;
import io.sluice.jobs.state.LaneStateRecord;
import io.sluice.jobs.state.OrderMemoryState;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;

/**
 * Hosts the lanes, keyed by instance: maps inputs to the kernel, keeps its state, carries out its
 * effects, and holds its one timer. Main output: commands to workers.
 */
public final class InstanceSchedulerFunction
        extends KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage>
        implements CheckpointedFunction {

    /** Requests that lanes let go of. */
    public static final OutputTag<ReleaseMessage> RELEASES =
            new OutputTag<>("releases", TypeInformation.of(ReleaseMessage.class));

    /** Why lanes did what they did. */
    public static final OutputTag<DecisionMessage> DECISIONS =
            new OutputTag<>("lane-decisions", TypeInformation.of(DecisionMessage.class));

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(InstanceSchedulerFunction.class);

    private static final ValueStateDescriptor<LaneStateRecord> LANE =
            new ValueStateDescriptor<>("lane", TypeInformation.of(LaneStateRecord.class));
    private static final MapStateDescriptor<String, LaneEntryState> ENTRIES =
            new MapStateDescriptor<>(
                    "entries", Types.STRING, TypeInformation.of(LaneEntryState.class));
    private static final ListStateDescriptor<OrderMemoryState> ORDERS =
            new ListStateDescriptor<>("order", TypeInformation.of(OrderMemoryState.class));
    private static final ValueStateDescriptor<Long> TIMER =
            new ValueStateDescriptor<>("timer", Types.LONG);

    private final SchedulingSettings settings;

    private transient ListState<OrderMemoryState> orders;
    private transient ValueState<LaneStateRecord> laneState;
    private transient MapState<String, LaneEntryState> entries;
    private transient ValueState<Long> timer;
    private transient KnownPolicies policies;
    private transient LaneSettings laneSettings;
    private transient ResidentLanes resident;
    private transient PartitionClock log;
    private transient Queue<LaneEffect> effects;
    private transient LaneMetrics metrics;
    private transient DecisionTimer decisions;
    private transient @Nullable Long epoch;

    /** Creates the function. */
    public InstanceSchedulerFunction(SchedulingSettings settings) {
        this.settings = settings;
    }

    /** Takes the memories of the lanes whose keys come here. */
    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        orders = context.getOperatorStateStore().getUnionListState(ORDERS);
        Map<String, OrderMemory> memories = new HashMap<>();
        for (OrderMemoryState saved : orders.get()) {
            if (SubtaskKeys.isOf(saved.instanceId(), getRuntimeContext().getTaskInfo())) {
                memories.put(saved.instanceId(), saved.toCore());
            }
        }
        resident = new ResidentLanes(settings.residentLanes(), memories);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        orders.update(resident.memories());
    }

    @Override
    public void open(OpenContext context) {
        laneState = getRuntimeContext().getState(LANE);
        entries = getRuntimeContext().getMapState(ENTRIES);
        timer = getRuntimeContext().getState(TIMER);
        policies = new KnownPolicies(settings.policies());
        laneSettings = settings.lane();
        log = new PartitionClock();
        effects = new ArrayDeque<>();
        metrics = new LaneMetrics(getRuntimeContext().getMetricGroup(), resident, policies);
        decisions = new DecisionTimer(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            LaneInput input, ReadOnlyContext context, Collector<CommandMessage> out)
            throws Exception {
        Tick tick = input.tick();
        if (tick != null) {
            log.read(tick.partition(), tick.logMillis());
            return;
        }
        recallPolicies(context);
        String key = context.getCurrentKey();
        long now = context.timerService().currentProcessingTime();
        decisions.start();
        InstanceScheduler lane = lane(key, now);
        take(lane, input, now);
        decisions.stop();
        carryOut(lane, now, context::output, out);
        keep(key, lane);
        arm(lane, context);
    }

    private void take(InstanceScheduler lane, LaneInput input, long now) {
        switch (input.kind()) {
            case ASSIGN -> lane.assign(required(input.request()), input.attempt(), now);
            case CANCEL ->
                    lane.cancel(
                            required(input.target()), input.attempt(), required(input.text()), now);
            case REVALUE ->
                    lane.revalue(
                            required(input.target()),
                            input.attempt(),
                            input.priority(),
                            input.criticalPathMillis(),
                            now);
            case RECHECK -> lane.recheck(required(input.release()), now);
            case REPORT -> {
                WorkerReportMessage report = required(input.report());
                lane.report(report.toCore(), now);
            }
            case DRAIN -> lane.drain(input.key(), input.flag(), now);
            case TICK -> throw new IllegalArgumentException("a tick concerns no lane: " + input);
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CommandMessage> out)
            throws Exception {
        Long armed = timer.value();
        if (armed == null || timestamp < armed) {
            return;
        }
        timer.clear();
        recallPolicies(context);
        String key = context.getCurrentKey();
        long now = context.timerService().currentProcessingTime();
        metrics.timerLag(now - timestamp);
        resident.measure(now);
        InstanceScheduler lane = lane(key, now);
        decisions.start();
        lane.wakeup(log, now);
        decisions.stop();
        carryOut(lane, now, context::output, out);
        keep(key, lane);
        arm(lane, context);
    }

    /** A restored subtask knows the policies in force before it hears of them. */
    private void recallPolicies(ReadOnlyContext context) throws Exception {
        if (policies.recall(context.getBroadcastState(KnownPolicies.STATE))) {
            choosePolicies();
        }
    }

    private void choosePolicies() {
        laneSettings = settings.lane().with(policies.choice().lane());
    }

    /**
     * In a new job attempt every lane takes stock of its worker before it sends anything. Under
     * other policies every lane puts what waits into their order at once.
     */
    @Override
    public void processBroadcastElement(
            JobNotice notice, Context context, Collector<CommandMessage> out) throws Exception {
        boolean changed =
                policies.take(notice.policies(), context.getBroadcastState(KnownPolicies.STATE));
        if (changed) {
            choosePolicies();
        }
        epoch = notice.epoch();
        long now = context.currentProcessingTime();
        context.applyToKeyedState(
                LANE,
                (key, state) -> {
                    InstanceScheduler lane = lane(key, now);
                    lane.startEpoch(notice.epoch(), now);
                    if (changed) {
                        lane.choose(laneSettings.policies(), now);
                    }
                    carryOut(lane, now, context::output, out);
                    keep(key, lane);
                });
    }

    private InstanceScheduler lane(String key, long now) {
        return resident.get(key, memory -> rebuild(key, memory, now));
    }

    private InstanceScheduler rebuild(String key, OrderMemory memory, long now) {
        InstanceScheduler lane =
                new InstanceScheduler(
                        key,
                        laneSettings,
                        restored().withOrder(memory),
                        new FlinkPendingStore(entries),
                        effects::add);
        if (epoch != null) {
            lane.startEpoch(epoch, now);
        }
        return lane;
    }

    private LaneState restored() {
        try {
            LaneStateRecord state = laneState.value();
            return state == null ? LaneState.EMPTY : state.toCore();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the state of a lane", e);
        }
    }

    private void keep(String key, InstanceScheduler lane) throws Exception {
        if (lane.isForgettable()) {
            laneState.clear();
            resident.forget(key);
        } else {
            laneState.update(LaneStateRecord.of(lane.stateBesideOrder()));
        }
    }

    /**
     * One timer for each lane, moved only when it must fire earlier; a later wish waits for the
     * present one.
     */
    private void arm(InstanceScheduler lane, ReadOnlyContext context) throws Exception {
        long wakeup = lane.nextWakeupMillis();
        Long armed = timer.value();
        if (wakeup == PendingRequest.NEVER) {
            disarm(armed, context);
        } else if (armed == null || wakeup < armed) {
            context.timerService().registerProcessingTimeTimer(wakeup);
            timer.update(wakeup);
        }
    }

    /** A lane that waits for nothing may be forgotten; no timer outlives it. */
    private void disarm(@Nullable Long armed, ReadOnlyContext context) {
        if (armed != null) {
            context.timerService().deleteProcessingTimeTimer(armed);
            timer.clear();
        }
    }

    /** Where a side output goes. */
    private interface SideOutput {
        <X> void output(OutputTag<X> tag, X value);
    }

    private void carryOut(
            InstanceScheduler lane, long now, SideOutput side, Collector<CommandMessage> out) {
        LaneDecisions why =
                new LaneDecisions(
                        settings.decisionSampling(),
                        lane,
                        policies.ordering(),
                        policies.preemption(),
                        now);
        for (LaneEffect effect = effects.poll(); effect != null; effect = effects.poll()) {
            metrics.count(effect);
            if (effect instanceof LaneEffect.Command command) {
                out.collect(
                        CommandMessage.of(
                                command, laneSettings.ordering().name(), policies.version()));
            } else if (effect instanceof LaneEffect.Released released) {
                side.output(RELEASES, new ReleaseMessage(released.release(), now));
            } else if (effect instanceof LaneEffect.NobodyToDrain order) {
                LOG.warn(
                        "{} of instance {} has no effect: it is dead or was never heard of",
                        order.draining() ? "DRAIN" : "UNDRAIN",
                        order.instanceId());
            }
            DecisionMessage decision = why.of(effect);
            if (decision != null) {
                side.output(DECISIONS, decision);
            }
        }
    }

    private static <T> T required(@Nullable T field) {
        return Objects.requireNonNull(field, "lane input lacks a field");
    }
}
