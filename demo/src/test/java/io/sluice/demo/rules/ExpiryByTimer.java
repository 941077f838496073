package io.sluice.demo.rules;

import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.JobNotice;
import io.sluice.jobs.flow.LaneInput;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ReadOnlyBroadcastState;
import org.apache.flink.api.common.state.StateDescriptor;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.runtime.state.KeyedStateFunction;
import org.apache.flink.streaming.api.TimerService;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.time.Duration;

/**
 * Lanes for which no time passes but at their timers: an input that lets them dispatch does not
 * make them look at who is too late.
 */
final class ExpiryByTimer
        extends KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage>
        implements CheckpointedFunction {

    private static final long serialVersionUID = 1L;
    private static final long BEHIND_MILLIS = Duration.ofHours(1).toMillis();

    private final KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage> lanes;

    ExpiryByTimer(
            KeyedBroadcastProcessFunction<String, LaneInput, JobNotice, CommandMessage> lanes) {
        this.lanes = lanes;
    }

    @Override
    public void setRuntimeContext(RuntimeContext context) {
        super.setRuntimeContext(context);
        lanes.setRuntimeContext(context);
    }

    @Override
    public void initializeState(FunctionInitializationContext context) throws Exception {
        if (lanes instanceof CheckpointedFunction saved) {
            saved.initializeState(context);
        }
    }

    @Override
    public void snapshotState(FunctionSnapshotContext context) throws Exception {
        if (lanes instanceof CheckpointedFunction saved) {
            saved.snapshotState(context);
        }
    }

    @Override
    public void open(OpenContext context) throws Exception {
        lanes.open(context);
    }

    @Override
    public void processElement(
            LaneInput input, ReadOnlyContext context, Collector<CommandMessage> out)
            throws Exception {
        lanes.processElement(input, new Late(context), out);
    }

    @Override
    public void processBroadcastElement(
            JobNotice notice, Context context, Collector<CommandMessage> out) throws Exception {
        lanes.processBroadcastElement(notice, new LateForAll(context), out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<CommandMessage> out)
            throws Exception {
        lanes.onTimer(timestamp, context, out);
    }

    /** The context of an input, an hour behind. */
    private final class Late extends ReadOnlyContext {
        private final ReadOnlyContext context;

        Late(ReadOnlyContext context) {
            this.context = context;
        }

        @Override
        public TimerService timerService() {
            return new LateTimers(context.timerService());
        }

        @Override
        public String getCurrentKey() {
            return context.getCurrentKey();
        }

        @Override
        public Long timestamp() {
            return context.timestamp();
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            context.output(tag, value);
        }

        @Override
        public long currentProcessingTime() {
            return context.currentProcessingTime() - BEHIND_MILLIS;
        }

        @Override
        public long currentWatermark() {
            return context.currentWatermark();
        }

        @Override
        public <K, V> ReadOnlyBroadcastState<K, V> getBroadcastState(
                MapStateDescriptor<K, V> descriptor) {
            return context.getBroadcastState(descriptor);
        }
    }

    /** The context of a broadcast input, an hour behind. */
    private final class LateForAll extends Context {
        private final Context context;

        LateForAll(Context context) {
            this.context = context;
        }

        @Override
        public <V, S extends org.apache.flink.api.common.state.State> void applyToKeyedState(
                StateDescriptor<S, V> descriptor, KeyedStateFunction<String, S> function)
                throws Exception {
            context.applyToKeyedState(descriptor, function);
        }

        @Override
        public <K, V> BroadcastState<K, V> getBroadcastState(MapStateDescriptor<K, V> descriptor) {
            return context.getBroadcastState(descriptor);
        }

        @Override
        public Long timestamp() {
            return context.timestamp();
        }

        @Override
        public <X> void output(OutputTag<X> tag, X value) {
            context.output(tag, value);
        }

        @Override
        public long currentProcessingTime() {
            return context.currentProcessingTime() - BEHIND_MILLIS;
        }

        @Override
        public long currentWatermark() {
            return context.currentWatermark();
        }
    }

    private record LateTimers(TimerService timers) implements TimerService {

        @Override
        public long currentProcessingTime() {
            return timers.currentProcessingTime() - BEHIND_MILLIS;
        }

        @Override
        public long currentWatermark() {
            return timers.currentWatermark();
        }

        @Override
        public void registerProcessingTimeTimer(long time) {
            timers.registerProcessingTimeTimer(time);
        }

        @Override
        public void registerEventTimeTimer(long time) {
            timers.registerEventTimeTimer(time);
        }

        @Override
        public void deleteProcessingTimeTimer(long time) {
            timers.deleteProcessingTimeTimer(time);
        }

        @Override
        public void deleteEventTimeTimer(long time) {
            timers.deleteEventTimeTimer(time);
        }
    }
}
