package io.sluice.demo.report;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

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
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(properties())) {
            List<TopicPartition> partitions =
                    consumer.partitionsFor(topic.name(prefix)).stream()
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
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

    private Map<String, Object> properties() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class);
    }
}
