package io.sluice.demo.bench;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/**
 * How much of a topic a consumer group has said it has read: a job says so at each of its
 * checkpoints.
 */
final class GroupProgress implements AutoCloseable {

    private final Admin admin;
    private final String group;
    private final Map<TopicPartition, Long> ends = new HashMap<>();

    /** Of a topic as long as it is now. */
    GroupProgress(BenchTopics topics, String topic, String group)
            throws ExecutionException, InterruptedException {
        this.group = group;
        this.admin =
                Admin.create(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, topics.bootstrapServers()));
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        for (int partition = 0; partition < topics.partitions(); partition++) {
            latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
        }
        admin.listOffsets(latest)
                .all()
                .get()
                .forEach((partition, end) -> ends.put(partition, end.offset()));
    }

    /** Whether it has read all. */
    boolean isDone() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> read =
                admin
                        .listConsumerGroupOffsets(group)
                        .partitionsToOffsetAndMetadata()
                        .get()
                        .entrySet()
                        .stream()
                        .filter(entry -> entry.getValue() != null)
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey, entry -> offset(entry.getValue())));
        return ends.entrySet().stream()
                .allMatch(end -> read.getOrDefault(end.getKey(), 0L) >= end.getValue());
    }

    private static long offset(OffsetAndMetadata committed) {
        return committed.offset();
    }

    @Override
    public void close() {
        admin.close();
    }
}
