package io.sluice.jobs;

import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

/** The graphs of both jobs, as they are submitted without further options. */
final class JobGraphs {

    private static final String[] ARGS = {"--sluice.kafka.bootstrap-servers", "localhost:9092"};

    private JobGraphs() {}

    static StreamGraph scheduler() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SchedulerJob.define(env, ARGS);
        return env.getStreamGraph(false);
    }

    static StreamGraph sla() {
        StreamExecutionEnvironment env = StreamExecutionEnvironment.getExecutionEnvironment();
        SlaJob.define(env, ARGS);
        return env.getStreamGraph(false);
    }
}
