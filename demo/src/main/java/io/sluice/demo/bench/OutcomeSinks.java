package io.sluice.demo.bench;

import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.jobs.state.EncodedOutcome;

import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaSink;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

/**
 * The sinks of the scheduler job but for outcomes, which are written at least once: everybody sees
 * one as soon as it is written, and after a crash also those that the job decides otherwise then.
 * Only for a comparison; the job has no such option.
 */
final class OutcomeSinks {

    private OutcomeSinks() {}

    static SchedulerSinks atLeastOnce(SchedulerSinks sinks, BenchTopics topics) {
        return new SchedulerSinks(
                sinks.commands(),
                sinks.releases(),
                KafkaSink.<EncodedOutcome>builder()
                        .setBootstrapServers(topics.bootstrapServers())
                        .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                        .setRecordSerializer(new Outcomes(topics.outcomes()))
                        .build(),
                sinks.decisions(),
                sinks.policies(),
                sinks.deadLetters());
    }

    private record Outcomes(String topic)
            implements KafkaRecordSerializationSchema<EncodedOutcome> {
        @Override
        public ProducerRecord<byte[], byte[]> serialize(
                EncodedOutcome outcome, KafkaSinkContext context, @Nullable Long timestamp) {
            return new ProducerRecord<>(topic, outcome.key(), outcome.value());
        }
    }
}
