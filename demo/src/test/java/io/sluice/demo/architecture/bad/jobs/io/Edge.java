package io.sluice.demo.architecture.bad.jobs.io;

import org.apache.kafka.common.TopicPartition;

/** Names Kafka where it may be named. */
public final class Edge {

    void read(TopicPartition partition) {}
}
