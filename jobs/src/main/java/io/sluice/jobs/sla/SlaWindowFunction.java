package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaScope;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Failure;
import io.sluice.jobs.io.RawMessage;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.PendingSample;
import io.sluice.jobs.state.SlaWindowUpdate;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.TimeDomain;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.List;
import java.util.SortedSet;

/**
 * The windows of one group. Publishes the complete present value of a window: soon after it
 * changed, when log time passes its end, and again when something late but not too late changed it.
 * Keyed by {@link SlaGroup#text()}.
 *
 * <p>Not Flink's window operator, which would read and write the aggregate for each element; see
 * {@link SlaWindowStore}.
 *
 * <p>What comes after its window was dropped is left out and counted in the window of its arrival;
 * the copy for the group of everything also becomes a dead letter, so that there is one for each
 * outcome. The watermark does not survive a restore: until it is back, an outcome that is too late
 * would reopen a dropped window and replace its published value by that of a single request. Hence
 * the latest expiry of all dropped windows is kept beside the keyed state.
 */
final class SlaWindowFunction extends KeyedProcessFunction<String, GroupedSample, SlaWindowUpdate>
        implements CheckpointedFunction {
    private static final long serialVersionUID = 1L;

    /** Stage of the dead letters that come from here. */
    static final String STAGE = "sla-windows";

    private static final String DROPPED_UP_TO = "dropped-up-to";
    private static final String EVERYTHING = new SlaGroup(SlaScope.ALL, SlaScope.ALL_VALUE).text();

    private final SlaWindowing windowing;
    private transient SlaWindowStore store;
    private transient Counter late;
    private transient ListState<Long> droppedUpToState;
    private transient long droppedUpTo;

    SlaWindowFunction(SlaWindowing windowing) {
        this.windowing = windowing;
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        droppedUpToState =
                context.getOperatorStateStore()
                        .getUnionListState(new ListStateDescriptor<>(DROPPED_UP_TO, Types.LONG));
        droppedUpTo = Long.MIN_VALUE;
        for (Long expiry : droppedUpToState.get()) {
            droppedUpTo = Math.max(droppedUpTo, expiry);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        droppedUpToState.update(List.of(droppedUpTo));
    }

    @Override
    public void open(OpenContext context) {
        store = new SlaWindowStore(getRuntimeContext());
        late = JobMetric.LATE_OUTCOMES.counter(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(
            GroupedSample sample, Context context, Collector<SlaWindowUpdate> out)
            throws Exception {
        long watermark = Math.max(context.timerService().currentWatermark(), droppedUpTo);
        long start = windowing.startOf(sample.position().timestampMillis());
        boolean expired = windowing.isExpired(start, watermark);
        if (expired || sample.stale()) {
            reportLate(sample, context);
            start = expired ? windowing.startOf(watermark + 1) : start;
            store.append(new PendingSample(start, null));
        } else {
            store.append(new PendingSample(start, sample.sample()));
        }
        long now = context.timerService().currentProcessingTime();
        context.timerService().registerProcessingTimeTimer(windowing.nextFiring(now));
        context.timerService().registerEventTimeTimer(windowing.lastOf(start));
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<SlaWindowUpdate> out)
            throws Exception {
        SortedSet<Long> changed = store.fold();
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            addCompletedAt(timestamp, changed, context);
        }
        for (long start : changed) {
            out.collect(update(start, context));
        }
        if (context.timeDomain() == TimeDomain.EVENT_TIME) {
            dropExpired(context);
        }
    }

    /**
     * Adds the window that this timer completes, and sees to it that the window is dropped in time.
     */
    private void addCompletedAt(long timestamp, SortedSet<Long> changed, OnTimerContext context)
            throws Exception {
        long start = windowing.startOf(timestamp);
        if (windowing.lastOf(start) == timestamp && store.window(start) != null) {
            changed.add(start);
            context.timerService().registerEventTimeTimer(windowing.expiryOf(start));
        }
    }

    private void dropExpired(OnTimerContext context) throws Exception {
        long watermark = context.timerService().currentWatermark();
        for (long start : store.starts()) {
            if (windowing.isExpired(start, watermark)) {
                store.drop(start);
                droppedUpTo = Math.max(droppedUpTo, windowing.expiryOf(start));
            }
        }
    }

    private SlaWindowUpdate update(long start, OnTimerContext context) throws Exception {
        SlaGroup group = SlaGroup.parse(context.getCurrentKey());
        return new SlaWindowUpdate(
                start,
                windowing.endOf(start),
                group.scope().name(),
                group.value(),
                windowing.isComplete(start, context.timerService().currentWatermark()),
                context.timerService().currentProcessingTime(),
                store.window(start));
    }

    private void reportLate(GroupedSample sample, Context context) {
        if (!sample.group().equals(EVERYTHING)) {
            return;
        }
        late.inc();
        LogPosition position = sample.position();
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
