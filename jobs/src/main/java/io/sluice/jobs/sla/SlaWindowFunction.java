package io.sluice.jobs.sla;

import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.PendingSample;
import io.sluice.jobs.state.SlaAggregateState;
import io.sluice.jobs.state.SlaWindowUpdate;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The windows of one group, on all levels. Publishes the complete present value of a window: soon
 * after it changed, when log time passes its end, and again when something late but not too late
 * changed it; longer windows in a slower rhythm, see {@link SlaWindowing}. Keyed by {@link
 * SlaGroup#text()}.
 *
 * <p>Not Flink's window operator, which would read and write the aggregate for each element; see
 * {@link SlaWindowStore}.
 *
 * <p>What comes after its window was dropped is left out and counted in the window of its arrival;
 * the copy for the group of everything also becomes a dead letter, so that there is one for each
 * outcome. The watermark does not survive a restore; see {@link SlaWindowHorizon}.
 */
final class SlaWindowFunction extends KeyedProcessFunction<String, GroupedSample, SlaWindowUpdate>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** Stage of the dead letters that come from here. */
    static final String STAGE = "sla-windows";

    private final SlaWindowing windowing;
    private transient SlaWindowHorizon horizon;
    private transient SlaWindowStore store;
    private transient Counter late;

    SlaWindowFunction(SlaWindowing windowing) {
        this.windowing = windowing;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        horizon = new SlaWindowHorizon(windowing, context);
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        horizon.snapshot();
    }

    @Override
    public void open(OpenContext context) {
        store = new SlaWindowStore(windowing, getRuntimeContext());
        late = JobMetric.LATE_OUTCOMES.counter(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            GroupedSample sample, Context context, Collector<SlaWindowUpdate> out)
            throws Exception {
        TimerService timers = context.timerService();
        long watermark = Math.max(timers.currentWatermark(), horizon.droppedUpTo());
        SlaWindowId window = windowing.at(sample.appendedMillis());
        boolean expired = windowing.isExpired(window, watermark);
        if (expired || sample.stale()) {
            reportLate(sample, context);
            window = expired ? windowing.at(watermark + 1) : window;
            store.append(new PendingSample(window.startMillis(), null, false));
        } else {
            store.append(new PendingSample(window.startMillis(), sample.sample(), sample.folded()));
        }
        timers.registerProcessingTimeTimer(
                windowing.nextFiring(window.lengthMillis(), timers.currentProcessingTime()));
        watch(window, timers);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SlaWindowUpdate> out)
            throws Exception {
        TimerService timers = context.timerService();
        SortedSet<SlaWindowId> due = store.fold();
        for (SlaWindowId window : due) {
            watchRollUps(window, timers);
        }
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            addEnding(timestamp, due, timers);
        } else if (windowing.isAnyRollUpFiring(timestamp)) {
            addFiring(timestamp, due);
        }
        for (SlaWindowId window : due) {
            publish(window, context, out);
        }
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            dropExpired(timestamp, timers);
        }
    }

    private void watchRollUps(SlaWindowId changed, TimerService timers) {
        for (SlaWindowId longer : windowing.rollUpsOf(changed)) {
            timers.registerProcessingTimeTimer(
                    windowing.nextFiring(longer.lengthMillis(), timers.currentProcessingTime()));
            watch(longer, timers);
        }
    }

    /** Sees to it that a window is published as complete, and dropped, in time. */
    private void watch(SlaWindowId window, TimerService timers) {
        boolean over = windowing.isComplete(window, timers.currentWatermark());
        timers.registerEventTimeTimer(over ? windowing.expiryOf(window) : window.lastMillis());
    }

    /**
     * Adds the windows that this moment of log time completes, and those that it ends while they
     * hold something unpublished: log time may pass several of its moments at once.
     */
    private void addEnding(long timestamp, SortedSet<SlaWindowId> due, TimerService timers)
            throws Exception {
        for (SlaWindowId window : windowing.endingAt(timestamp)) {
            if (store.content(window) != null) {
                due.add(window);
                timers.registerEventTimeTimer(windowing.expiryOf(window));
            }
        }
        for (SlaWindowId longer : store.unpublished()) {
            if (windowing.isExpired(longer, timestamp)) {
                due.add(longer);
            }
        }
    }

    private void addFiring(long timestamp, SortedSet<SlaWindowId> due) throws Exception {
        for (SlaWindowId longer : store.unpublished()) {
            if (windowing.isFiring(longer.lengthMillis(), timestamp)) {
                due.add(longer);
            }
        }
    }

    private void publish(SlaWindowId window, OnTimerContext context, Collector<SlaWindowUpdate> out)
            throws Exception {
        if (!windowing.isShortest(window)) {
            store.published(window);
        }
        SlaAggregateState content = horizon.holdsAllOf(window) ? store.content(window) : null;
        if (content == null) {
            return;
        }
        SlaGroup group = SlaGroup.parse(context.getCurrentKey());
        out.collect(
                new SlaWindowUpdate(
                        window.startMillis(),
                        window.endMillis(),
                        group.scope().name(),
                        group.value(),
                        windowing.isComplete(window, context.timerService().currentWatermark()),
                        context.timerService().currentProcessingTime(),
                        content));
    }

    /**
     * Drops in the order of log time, not up to the watermark: a window that log time has jumped
     * over is still to be published as complete.
     */
    private void dropExpired(long timestamp, TimerService timers) throws Exception {
        SortedSet<SlaWindowId> open = new TreeSet<>(store.open());
        while (!open.isEmpty()) {
            SlaWindowId window = open.first();
            open.remove(window);
            if (windowing.isExpired(window, timestamp)) {
                store.drop(window)
                        .ifPresent(
                                parent -> {
                                    open.add(parent);
                                    watch(parent, timers);
                                });
                horizon.dropped(window);
            }
        }
    }

    private void reportLate(GroupedSample sample, Context context) {
        LogPosition position = sample.position();
        if (position == null) {
            return;
        }
        late.inc();
        String message =
                "outcome appended at %d came too late to be counted in its window; it is still at %s-%d, offset %d"
                        .formatted(
                                position.timestampMillis(),
                                position.topic(),
                                position.partition(),
                                position.offset());
        context.output(
                SplitDecodedFunction.DEAD_LETTERS,
                new DeadLetterRecord(
                        position,
                        RawMessage.NOT_KEPT,
                        new Failure(STAGE, "LateOutcome", message, null),
                        context.timerService().currentProcessingTime()));
    }
}
