package io.sluice.audit;

import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Reads the topics from their beginning to where they end when the reading begins; of outcomes the
 * committed ones.
 */
final class TopicReader {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> client;
    private final String prefix;
    private final Map<String, RecordDecoder> decoders = new HashMap<>();

    /**
     * A reader that has not connected yet.
     *
     * @param client settings of the Kafka client, the servers among them
     * @param prefix what the names of the topics begin with
     */
    TopicReader(Map<String, Object> client, String prefix) {
        this.client = new HashMap<>(client);
        this.client.put("isolation.level", "read_committed");
        this.client.put("enable.auto.commit", "false");
        this.client.put("allow.auto.create.topics", "false");
        this.prefix = prefix;
        AuditedTopics.RECORDS.forEach(
                (topic, record) -> decoders.put(topic, Schemas.decoder(record)));
    }

    /**
     * Reads everything.
     *
     * @throws AuditException if a topic is missing, or the broker stops to answer
     */
    void read(Consumer<LogEntry> reader) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(client, bytes, bytes)) {
            List<TopicPartition> partitions = partitions(consumer);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = new HashMap<>(consumer.endOffsets(partitions));
            while (!ends.isEmpty()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    Long end = ends.get(new TopicPartition(record.topic(), record.partition()));
                    if (end != null && record.offset() < end) {
                        reader.accept(entry(record));
                    }
                }
                // A transaction ends with a mark, which no poll returns.
                ends.entrySet()
                        .removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
            }
        }
    }

    private List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : AuditedTopics.RECORDS.keySet()) {
            List<PartitionInfo> found = consumer.partitionsFor(prefix + topic);
            if (found == null || found.isEmpty()) {
                throw new AuditException(
                        "there is no topic %s%s; give --topic-prefix if the names begin with something else"
                                .formatted(prefix, topic));
            }
            found.forEach(
                    info -> partitions.add(new TopicPartition(info.topic(), info.partition())));
        }
        return partitions;
    }

    private LogEntry entry(ConsumerRecord<byte[], byte[]> record) {
        String topic = record.topic().substring(prefix.length());
        return new LogEntry(
                topic,
                record.partition(),
                record.offset(),
                record.timestamp(),
                value(topic, record.value()));
    }

    /** The record in some bytes; null if there is none, or it cannot be read. */
    @Nullable GenericRecord value(String topic, byte @Nullable [] bytes) {
        RecordDecoder decoder = decoders.get(topic);
        return bytes == null || decoder == null ? null : decoder.decode(bytes);
    }
}
