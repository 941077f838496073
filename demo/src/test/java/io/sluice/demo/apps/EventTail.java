package io.sluice.demo.apps;

import io.sluice.demo.process.Await;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/** Everything that workers have reported, in the order of their partitions. */
final class EventTail implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final AvroCodec<WorkerEvent> codec = AvroCodec.of(WorkerEvent.class);
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<WorkerEvent> events = new ArrayList<>();

    EventTail(String bootstrapServers) {
        consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer());
        String topic = Topic.WORKER_EVENTS.name(TopicPrefix.DEFAULT);
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic).stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Waits until an event of a kind, for which something holds, has been read. */
    WorkerEvent await(WorkerEventType type, Predicate<WorkerEvent> which) {
        Await.until(
                type + "; read so far " + kinds(),
                PATIENCE,
                () -> read().stream().anyMatch(e -> e.getType() == type && which.test(e)));
        return events.stream()
                .filter(e -> e.getType() == type && which.test(e))
                .findFirst()
                .orElseThrow();
    }

    WorkerEvent await(WorkerEventType type, String request) {
        return await(type, event -> Objects.equals(event.getRequestId(), request));
    }

    WorkerEvent awaitRegistration(String instanceId, long afterIncarnation) {
        return await(
                WorkerEventType.REGISTERED,
                event ->
                        event.getInstanceId().equals(instanceId)
                                && event.getIncarnation() > afterIncarnation);
    }

    /** Reads what is there, and returns everything read so far. */
    List<WorkerEvent> read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
            try {
                events.add(codec.decode(record.value()));
            } catch (Exception exception) {
                throw new IllegalStateException(exception);
            }
        }
        return List.copyOf(events);
    }

    private List<String> kinds() {
        return events.stream().map(e -> e.getType() + " " + e.getRequestId()).toList();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
