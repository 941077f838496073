package io.sluice.jobs.io;

import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.DefaultKafkaDatasetIdentifier;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacet;
import org.apache.flink.connector.kafka.lineage.KafkaDatasetFacetProvider;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;

/**
 * Writes an outcome as the journal keeps it. Names its topic, because pooled transactions are
 * looked up by it.
 */
final class OutcomeSchema
        implements KafkaRecordSerializationSchema<EncodedOutcome>, KafkaDatasetFacetProvider {

    private static final long serialVersionUID = 1L;

    private final String topic;

    OutcomeSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            EncodedOutcome outcome, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(topic, outcome.key(), outcome.value());
    }

    @Override
    public Optional<KafkaDatasetFacet> getKafkaDatasetFacet() {
        return Optional.of(
                new DefaultKafkaDatasetFacet(
                        DefaultKafkaDatasetIdentifier.ofTopics(List.of(topic))));
    }
}
