package io.sluice.demo.report;

import io.sluice.demo.topic.CommittedRecords;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads whole topics: every committed record that is there when the reading of its topic begins.
 *
 * @param bootstrapServers brokers to ask first
 * @param prefix what the names of the topics begin with
 */
public record TopicScan(String bootstrapServers, TopicPrefix prefix) {

    private static final Duration POLL = Duration.ofMillis(200);

    /**
     * Reads one topic from its start to its present end, partition by partition in order.
     *
     * @param topic which
     * @param reader takes each record; called by this thread
     */
    public void read(Topic topic, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(bootstrapServers)) {
            List<TopicPartition> partitions =
                    CommittedRecords.fromTheStart(consumer, List.of(topic.name(prefix)));
            // Of committed records: the end is the start of the first transaction still open.
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (isShortOf(ends, consumer)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition from = new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < ends.get(from)) {
                        reader.accept(record);
                    }
                }
            }
        }
    }

    private static boolean isShortOf(
            Map<TopicPartition, Long> ends, KafkaConsumer<byte[], byte[]> consumer) {
        return ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
    }
}
