package io.sluice.jobs.sla;

import io.sluice.jobs.OperatorUids;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.ObjectiveChange;
import io.sluice.jobs.state.SloSignal;
import io.sluice.jobs.state.SloStatusUpdate;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.BroadcastStream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The part of the graph that is about objectives. */
final class SloTopology {

    private SloTopology() {}

    /**
     * Adds it.
     *
     * @param admitted finished requests, each once, and moments of log time
     * @return dead letters
     */
    static DataStream<DeadLetterRecord> attach(
            StreamExecutionEnvironment env,
            DataStream<AdmittedOutcome> admitted,
            SlaSources sources,
            SlaSinks sinks,
            SlaSettings settings) {
        SingleOutputStreamOperator<ObjectiveChange> changes = changes(env, sources);
        SingleOutputStreamOperator<ObjectiveChange> timeless = timeless(changes);
        BroadcastStream<ObjectiveChange> everywhere = timeless.broadcast(ObjectiveBook.STATE);
        SingleOutputStreamOperator<JudgedOutcome> judged =
                admitted.connect(everywhere)
                        .process(new SloFanOutFunction(settings.slo()))
                        .uid(OperatorUids.SLA_JUDGE)
                        .name("judge by each objective");
        SingleOutputStreamOperator<SloStatusUpdate> statuses =
                judged.union(bounded(judged, settings))
                        .keyBy(JudgedOutcome::series)
                        .connect(signals(timeless, judged, settings))
                        .process(new SloSeriesFunction(settings.windowing(), settings.slo()))
                        .uid(OperatorUids.SLA_OBJECTIVE_SERIES)
                        .name("series of objectives");
        statuses.sinkTo(sinks.statuses()).uid(OperatorUids.SLA_SINK_STATUSES).name("slo");
        statuses.getSideOutput(SloSeriesFunction.ALERTS)
                .sinkTo(sinks.alerts())
                .uid(OperatorUids.SLA_SINK_ALERTS)
                .name("alerts");
        return changes.getSideOutput(SplitDecodedFunction.DEAD_LETTERS)
                .union(judged.getSideOutput(SplitDecodedFunction.DEAD_LETTERS));
    }

    private static DataStream<JudgedOutcome> bounded(
            SingleOutputStreamOperator<JudgedOutcome> judged, SlaSettings settings) {
        SloSeriesCapFunction cap = new SloSeriesCapFunction(settings.series());
        return judged.getSideOutput(SloFanOutFunction.VALUES)
                .keyBy(cap::bucketOf)
                .process(cap)
                .uid(OperatorUids.SLA_OBJECTIVE_VALUES)
                .name("bound the series of objectives");
    }

    /** At parallelism 1: changes have one order, the same for all whom they concern. */
    private static SingleOutputStreamOperator<ObjectiveChange> changes(
            StreamExecutionEnvironment env, SlaSources sources) {
        return env.fromSource(sources.objectives(), WatermarkStrategy.noWatermarks(), "objectives")
                .setParallelism(1)
                .uid(OperatorUids.SLA_SOURCE_OBJECTIVES)
                .process(new SplitDecodedFunction<>(TypeInformation.of(ObjectiveChange.class)))
                .setParallelism(1)
                .uid(OperatorUids.SLA_DECODE_OBJECTIVES)
                .name("decode objectives");
    }

    /**
     * What every series hears. Causes, unlike objectives, take part in log time: a series evaluates
     * no slot before it has heard of the causes of that slot. They follow from the same input as
     * what it counts, so it waits for nothing else.
     */
    private static BroadcastStream<SloSignal> signals(
            DataStream<ObjectiveChange> timeless,
            SingleOutputStreamOperator<JudgedOutcome> judged,
            SlaSettings settings) {
        DataStream<SloSignal> causes =
                judged.getSideOutput(SloFanOutFunction.FACTS)
                        .keyBy(facts -> CauseFunction.FLEET)
                        .process(new CauseFunction(settings.slo()))
                        .uid(OperatorUids.SLA_CAUSES)
                        .name("causes");
        return timeless.map(change -> SloSignal.of(change))
                .returns(SloSignal.class)
                .setParallelism(1)
                .uid(OperatorUids.SLA_SIGNALS)
                .name("objectives for series")
                .union(causes)
                .broadcast(ObjectiveBook.STATE, CauseBook.STATE);
    }

    private static SingleOutputStreamOperator<ObjectiveChange> timeless(
            DataStream<ObjectiveChange> changes) {
        return changes.assignTimestampsAndWatermarks(
                        WatermarkStrategy.forGenerator(context -> new AlwaysDone()))
                .setParallelism(1)
                .uid(OperatorUids.SLA_TIMELESS_OBJECTIVES)
                .name("objectives take no part in log time");
    }

    /** An order has no log time: whoever hears it must not wait for it. */
    private static final class AlwaysDone implements WatermarkGenerator<ObjectiveChange> {

        @Override
        public void onEvent(ObjectiveChange change, long timestamp, WatermarkOutput output) {
            // Time does not depend on it.
        }

        @Override
        public void onPeriodicEmit(WatermarkOutput output) {
            output.emitWatermark(new Watermark(Long.MAX_VALUE));
        }
    }
}
