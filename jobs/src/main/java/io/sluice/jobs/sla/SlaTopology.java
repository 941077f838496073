package io.sluice.jobs.sla;

import io.sluice.jobs.OperatorUids;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.WorkerFact;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

import java.io.Serializable;

/** The graph of the SLA job: a function of its environment, sources, sinks and settings. */
public final class SlaTopology {

    private SlaTopology() {}

    /** Adds the graph to an environment. */
    public static void build(
            StreamExecutionEnvironment env,
            SlaSources sources,
            SlaSinks sinks,
            SlaSettings settings) {
        // All that passes between operators is immutable, so chained ones need no copies.
        env.getConfig().enableObjectReuse();
        SlaWindowing windowing = settings.windowing();
        DataStream<WorkerFact> time =
                env.fromSource(
                                sources.logTime(),
                                logTime(settings, WorkerFact::timeMillis),
                                "log time")
                        .uid(OperatorUids.SLA_SOURCE_LOG_TIME);
        SingleOutputStreamOperator<SlaOutcome> outcomes =
                env.fromSource(
                                sources.outcomes(),
                                logTime(settings, decoded -> decoded.position().timestampMillis()),
                                "outcomes")
                        .uid(OperatorUids.SLA_SOURCE_OUTCOMES)
                        .process(new SplitDecodedFunction<>(TypeInformation.of(SlaOutcome.class)))
                        .uid(OperatorUids.SLA_DECODE_OUTCOMES)
                        .name("decode outcomes");
        SingleOutputStreamOperator<GroupedSample> admitted =
                outcomes.union(timeAlone(time))
                        .keyBy(SlaOutcome::requestKey)
                        .process(new AdmitOnceFunction(windowing))
                        .uid(OperatorUids.SLA_ADMIT)
                        .name("admit each request once");
        SingleOutputStreamOperator<SlaWindowUpdate> windows =
                admitted.union(bounded(admitted, settings))
                        .keyBy(GroupedSample::group)
                        .process(new SlaWindowFunction(windowing))
                        .uid(OperatorUids.SLA_WINDOWS)
                        .name("windows");
        windows.sinkTo(sinks.windows()).uid(OperatorUids.SLA_SINK_WINDOWS).name("sla");
        DataStream<AdmittedOutcome> judged =
                admitted.getSideOutput(AdmitOnceFunction.ADMITTED).union(moments(time));
        DataStream<DeadLetterRecord> deadLetters =
                outcomes.getSideOutput(SplitDecodedFunction.DEAD_LETTERS)
                        .union(
                                windows.getSideOutput(SplitDecodedFunction.DEAD_LETTERS),
                                SloTopology.attach(env, judged, sources, sinks, settings));
        deadLetters
                .sinkTo(sinks.deadLetters())
                .uid(OperatorUids.SLA_SINK_DEAD_LETTERS)
                .name("dead letters");
    }

    /** Nothing but the time: it holds back, or moves on, whatever it is united with. */
    private static DataStream<SlaOutcome> timeAlone(DataStream<WorkerFact> time) {
        return time.flatMap((WorkerFact fact, Collector<SlaOutcome> out) -> {})
                .returns(SlaOutcome.class)
                .uid(OperatorUids.SLA_TIME_ALONE)
                .name("log time for windows");
    }

    private static DataStream<AdmittedOutcome> moments(DataStream<WorkerFact> time) {
        return time.map(AdmittedOutcome::of)
                .returns(AdmittedOutcome.class)
                .uid(OperatorUids.SLA_MOMENTS)
                .name("log time for objectives");
    }

    /**
     * Only what is grouped by names from outside takes the way through another shuffle: the rest
     * has a handful of groups.
     */
    private static DataStream<GroupedSample> bounded(
            SingleOutputStreamOperator<GroupedSample> admitted, SlaSettings settings) {
        SeriesCapFunction cap = new SeriesCapFunction(settings.series());
        return admitted.getSideOutput(AdmitOnceFunction.SERIES)
                .keyBy(cap::bucketOf)
                .process(cap)
                .uid(OperatorUids.SLA_SERIES)
                .name("bound the number of series");
    }

    /**
     * Time is when the broker appended the record, which no worker's clock can move and which grows
     * within a partition. The source tracks it for each partition, so a slow partition holds
     * windows open instead of losing its records.
     */
    private static <T> WatermarkStrategy<T> logTime(
            SlaSettings settings, AppendTime<T> appendTime) {
        return WatermarkStrategy.<T>forMonotonousTimestamps()
                .withTimestampAssigner((record, unset) -> appendTime.millis(record))
                .withIdleness(settings.sourceIdleness());
    }

    /** When the broker appended a record. */
    @FunctionalInterface
    private interface AppendTime<T> extends Serializable {
        long millis(T record);
    }
}
