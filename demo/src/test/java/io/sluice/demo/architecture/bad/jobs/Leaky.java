package io.sluice.demo.architecture.bad.jobs;

import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.metrics.groups.OperatorMetricGroup;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;

import org.apache.kafka.common.TopicPartition;

/**
 * Counts in a field that no checkpoint sees, names Kafka, starts itself, registers a metric of its
 * own, and uses Flink's insides.
 */
public final class Leaky implements MapFunction<Long, Long> {

    private static final long serialVersionUID = 1;

    private final long step = 1;
    private transient long cached;
    private long count;

    @Override
    public Long map(Long value) {
        cached = value;
        count += step;
        return count;
    }

    void start(StreamExecutionEnvironment environment) throws Exception {
        environment.execute();
    }

    void show(OperatorMetricGroup group) {
        group.counter("unheard_of_total");
    }

    void read(TopicPartition partition) {}

    void run(MiniCluster unmarked, StreamGraph marked) {}
}
