package io.sluice.jobs.io;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.jobs.flow.CommandMessage;

import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema.KafkaSinkContext;

import org.apache.kafka.clients.producer.ProducerRecord;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CommandSchemaTest {

    private final CommandSchema schema = new CommandSchema("inference.dispatch");

    /** A sink into a topic of three partitions. */
    private static final KafkaSinkContext THREE =
            new KafkaSinkContext() {
                @Override
                public int getParallelInstanceId() {
                    return 0;
                }

                @Override
                public int getNumberOfParallelInstances() {
                    return 1;
                }

                @Override
                public int[] getPartitionsForTopic(String topic) {
                    return new int[] {0, 1, 2};
                }
            };

    @Test
    void aCommandGoesToThePartitionOfItsWorker() {
        ProducerRecord<byte[], byte[]> record = schema.serialize(sync(2), THREE, null);

        assertThat(record.topic()).isEqualTo("inference.dispatch");
        assertThat(record.partition()).isEqualTo(2);
        assertThat(record.key()).asString().isEqualTo("gpu-1");
    }

    /** The producer would wait for the partition until it gives up, and the job with it. */
    @Test
    void aPartitionThatThereIsNotStopsNobodyElse() {
        assertThat(schema.serialize(sync(3), THREE, null)).isNull();
    }

    private static CommandMessage sync(int partition) {
        LaneEffect.Address address = new LaneEffect.Address("gpu-1", 1, partition, 10, 1, 1_000);
        return CommandMessage.of(new LaneEffect.Sync(address), "fcfs", 0);
    }
}
