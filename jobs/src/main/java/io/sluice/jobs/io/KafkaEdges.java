package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DeadLetter;

import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.clients.producer.ProducerConfig;

import java.time.Duration;
import java.util.Properties;

/** Sources and sinks with the guarantees that the catalogue of topics promises. */
public final class KafkaEdges {

    private static final Duration PARTITION_DISCOVERY = Duration.ofSeconds(30);

    private final KafkaSettings settings;

    /** Edges to the Kafka of the settings. */
    public KafkaEdges(KafkaSettings settings) {
        this.settings = settings;
    }

    /** Full name of a topic. */
    public String name(Topic topic) {
        return topic.name(settings.topicPrefix());
    }

    /**
     * Reads the committed records of a topic: where the job left off, else where the group
     * committed, else from the start.
     *
     * @param groupId for monitoring, and for the start of a job without state
     */
    // The connector takes the deprecated class of the Kafka client and offers nothing newer.
    @SuppressWarnings("deprecation")
    public <T> KafkaSource<T> committedRecords(
            Topic topic, String groupId, KafkaRecordDeserializationSchema<T> schema) {
        return KafkaSource.<T>builder()
                .setProperties(settings.properties())
                .setBootstrapServers(settings.bootstrapServers())
                .setTopics(name(topic))
                .setGroupId(groupId)
                .setClientIdPrefix(groupId + "-" + topic.suffix())
                .setStartingOffsets(
                        OffsetsInitializer.committedOffsets(OffsetResetStrategy.EARLIEST))
                .setProperty(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed")
                .setProperty(
                        "partition.discovery.interval.ms",
                        Long.toString(PARTITION_DISCOVERY.toMillis()))
                .setDeserializer(schema)
                .build();
    }

    /** Writes records at least once. */
    public <T> KafkaSink<T> atLeastOnce(KafkaRecordSerializationSchema<T> schema) {
        return atLeastOnce(schema, settings.properties());
    }

    /**
     * Writes records at least once, each as soon as it comes: the client's default of 5 ms linger
     * would be most of a command's round trip. What nobody waits for lingers, which spares the
     * broker most of its requests.
     */
    <T> KafkaSink<T> atOnce(KafkaRecordSerializationSchema<T> schema) {
        Properties properties = settings.properties();
        properties.putIfAbsent(ProducerConfig.LINGER_MS_CONFIG, "0");
        return atLeastOnce(schema, properties);
    }

    private <T> KafkaSink<T> atLeastOnce(
            KafkaRecordSerializationSchema<T> schema, Properties properties) {
        return KafkaSink.<T>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(settings.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(schema)
                .build();
    }

    /**
     * Writes dead letters at least once: each names where it came from, so one written twice is
     * recognised. The client takes as large a record as the topic does: a letter has another record
     * in it, and one that the client refused would stop the job for ever.
     */
    public KafkaSink<DeadLetterRecord> deadLetters() {
        Properties properties = settings.properties();
        properties.put(
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Integer.toString(Topic.DEAD_LETTERS.storage().maxMessageBytes()));
        return atLeastOnce(deadLetterSchema(name(Topic.DEAD_LETTERS)), properties);
    }

    static EncodingSchema<DeadLetterRecord, DeadLetter> deadLetterSchema(String topic) {
        return new EncodingSchema<>(
                topic, DeadLetter.class, DeadLetterMapping::key, DeadLetterMapping::record);
    }
}
