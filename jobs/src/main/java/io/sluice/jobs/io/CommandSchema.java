package io.sluice.jobs.io;

import io.sluice.jobs.flow.CommandMessage;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;

/** Writes a command to the partition that its worker has named. */
final class CommandSchema implements KafkaRecordSerializationSchema<CommandMessage> {

    private static final long serialVersionUID = 1L;

    private final String topic;
    private final WireForm<DispatchCommand> wire = WireForm.of(DispatchCommand.class);

    CommandSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(
            CommandMessage message, KafkaSinkContext context, @Nullable Long timestamp) {
        return new ProducerRecord<>(
                topic,
                CommandMapping.partition(message),
                CommandMapping.key(message).getBytes(StandardCharsets.UTF_8),
                wire.write(CommandMapping.record(message)));
    }
}
