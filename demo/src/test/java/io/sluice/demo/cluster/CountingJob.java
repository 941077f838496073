package io.sluice.demo.cluster;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.connector.datagen.source.GeneratorFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

import java.time.Duration;

/** Counts numbers by their last digit for ever, with a checkpoint every 200 ms. */
public final class CountingJob {

    private CountingJob() {}

    /** Submits the job to the cluster it runs on. */
    public static void main(String[] arguments) throws Exception {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment();
        define(environment);
        environment.execute("counting");
    }

    static StreamExecutionEnvironment local(int parallelism) {
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, new Configuration());
        define(environment);
        return environment;
    }

    private static void define(StreamExecutionEnvironment environment) {
        GeneratorFunction<Long, Long> identity = number -> number;
        environment.enableCheckpointing(Duration.ofMillis(200).toMillis());
        environment
                .fromSource(
                        new DataGeneratorSource<>(
                                identity,
                                Long.MAX_VALUE,
                                RateLimiterStrategy.perSecond(1_000),
                                Types.LONG),
                        WatermarkStrategy.noWatermarks(),
                        "numbers")
                .uid("numbers")
                .keyBy(number -> number % 10)
                .map(new Count())
                .uid("count")
                .sinkTo(new DiscardingSink<>())
                .uid("nowhere");
    }

    private static final class Count extends RichMapFunction<Long, Long> {

        private static final long serialVersionUID = 1;

        private transient ValueState<Long> count;

        @Override
        public void open(OpenContext context) {
            count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.LONG));
        }

        @Override
        public Long map(Long number) throws Exception {
            Long before = count.value();
            long after = before == null ? 1 : before + 1;
            count.update(after);
            return after;
        }
    }
}
