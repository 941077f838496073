package io.sluice.jobs.sla;

import io.sluice.jobs.OperatorUids;
import io.sluice.jobs.io.DeadLetterRecord;
import io.sluice.jobs.io.Decoded;
import io.sluice.jobs.io.SplitDecodedFunction;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

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
        SingleOutputStreamOperator<SlaOutcome> outcomes =
                env.fromSource(sources.outcomes(), logTime(settings), "outcomes")
                        .uid(OperatorUids.SLA_SOURCE_OUTCOMES)
                        .process(new SplitDecodedFunction<>(TypeInformation.of(SlaOutcome.class)))
                        .uid(OperatorUids.SLA_DECODE_OUTCOMES)
                        .name("decode outcomes");
        SingleOutputStreamOperator<GroupedSample> admitted =
                outcomes.keyBy(SlaOutcome::requestKey)
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
        DataStream<DeadLetterRecord> deadLetters =
                outcomes.getSideOutput(SplitDecodedFunction.DEAD_LETTERS)
                        .union(windows.getSideOutput(SplitDecodedFunction.DEAD_LETTERS));
        deadLetters
                .sinkTo(sinks.deadLetters())
                .uid(OperatorUids.SLA_SINK_DEAD_LETTERS)
                .name("dead letters");
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
    private static WatermarkStrategy<Decoded<SlaOutcome>> logTime(SlaSettings settings) {
        return WatermarkStrategy.<Decoded<SlaOutcome>>forMonotonousTimestamps()
                .withTimestampAssigner((decoded, unset) -> decoded.position().timestampMillis())
                .withIdleness(settings.sourceIdleness());
    }
}
