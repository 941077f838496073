package io.sluice.demo.rules;

import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.Topic;

import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Writes outcomes at least once: everybody sees them at once.
 *
 * @param topic full name
 */
record PlainOutcomes(String topic) implements KafkaRecordSerializationSchema<EncodedOutcome> {

    /** A sink without transactions. */
    static Sink<EncodedOutcome> sink(Blueprint job) {
        String topic = Topic.OUTCOMES.name(job.settings().kafka().topicPrefix());
        return KafkaSink.<EncodedOutcome>builder()
                .setBootstrapServers(job.settings().kafka().bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setRecordSerializer(new PlainOutcomes(topic))
                .build();
    }

    /** The job with such a sink. */
    static Blueprint in(Blueprint job) {
        return job.outcomes(sink(job));
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            EncodedOutcome outcome, KafkaSinkContext context, Long timestamp) {
        return new ProducerRecord<>(topic, outcome.key(), outcome.value());
    }
}
