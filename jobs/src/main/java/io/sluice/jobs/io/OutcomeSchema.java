package io.sluice.jobs.io;

import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

/** Writes an outcome as the journal keeps it. */
final class OutcomeSchema implements KafkaRecordSerializationSchema<EncodedOutcome> {

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
}
