package io.sluice.jobs.io;

import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.flink.api.common.serialization.SerializationSchema.InitializationContext;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.flink.metrics.Counter;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;

/**
 * Writes a command to the partition that its worker has named. A worker may name one that there is
 * not; it never answers, so it gets no request to run, and the job goes on without it.
 */
final class CommandSchema implements KafkaRecordSerializationSchema<CommandMessage> {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(CommandSchema.class);

    private final String topic;
    private final WireForm<DispatchCommand> wire = WireForm.of(DispatchCommand.class);
    private transient @Nullable Counter undeliverable;

    CommandSchema(String topic) {
        this.topic = topic;
    }

    @Override
    public void open(InitializationContext context, KafkaSinkContext sinkContext) {
        undeliverable = JobMetric.UNDELIVERABLE_COMMANDS.counter(context.getMetricGroup());
    }

    @Override
    public @Nullable ProducerRecord<byte[], byte[]> serialize(
            CommandMessage message, KafkaSinkContext context, @Nullable Long timestamp) {
        int partition = CommandMapping.partition(message);
        int partitions = context.getPartitionsForTopic(topic).length;
        if (partition >= partitions) {
            skip(message, partition, partitions);
            return null;
        }
        return new ProducerRecord<>(
                topic,
                partition,
                CommandMapping.key(message).getBytes(StandardCharsets.UTF_8),
                wire.write(CommandMapping.record(message)));
    }

    private void skip(CommandMessage message, int partition, int partitions) {
        LOG.error(
                "Instance {} reads partition {} of {}, which has {}: no command can reach it. Start its"
                        + " worker with another partition, or, if partitions were added, restart this job.",
                CommandMapping.key(message),
                partition,
                topic,
                partitions);
        if (undeliverable != null) {
            undeliverable.inc();
        }
    }
}
