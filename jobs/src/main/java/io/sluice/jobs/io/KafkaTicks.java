package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.epoch.TickPublisher;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;

/** Appends ticks to every partition of the worker-events topic. */
final class KafkaTicks implements TickPublisher {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(1);

    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final AvroCodec<WorkerEvent> codec = AvroCodec.of(WorkerEvent.class);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long seq;

    private KafkaTicks(Properties properties, String topic) {
        this.producer =
                new KafkaProducer<>(
                        properties, new ByteArraySerializer(), new ByteArraySerializer());
        this.topic = topic;
    }

    static TickPublisher.Factory factory(KafkaSettings settings) {
        Properties properties = settings.properties();
        properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "0");
        String topic = Topic.WORKER_EVENTS.name(settings.topicPrefix());
        return () -> new KafkaTicks(properties, topic);
    }

    @Override
    public void publish(long epoch) {
        Exception earlier = failure.get();
        if (earlier != null) {
            throw new IllegalStateException("cannot write ticks to " + topic, earlier);
        }
        int partitions = producer.partitionsFor(topic).size();
        seq++;
        for (int partition = 0; partition < partitions; partition++) {
            byte[] value = codec.encode(tick(epoch, partition, partitions));
            producer.send(
                    new ProducerRecord<>(topic, partition, null, value),
                    (metadata, problem) -> {
                        // A tick that timed out is made good by the next.
                        if (problem != null && !(problem instanceof RetriableException)) {
                            failure.set(problem);
                        }
                    });
        }
    }

    private WorkerEvent tick(long epoch, int partition, int partitions) {
        return WorkerEvent.newBuilder()
                .setType(WorkerEventType.TICK)
                .setInstanceId("")
                .setIncarnation(0)
                .setSeq(seq)
                .setEpoch(epoch)
                .setAt(Instant.ofEpochMilli(epoch))
                .setPartition(partition)
                .setPartitions(partitions)
                .build();
    }

    @Override
    public void close() {
        producer.close(CLOSE_TIMEOUT);
    }
}
