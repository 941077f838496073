package io.sluice.demo.apps;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What lies in the topics of a broker under test, read from their beginnings. */
final class Log implements AutoCloseable {

    /** A request and when the broker took it. */
    record Submitted(InferenceRequest request, Instant at) {}

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final KafkaConsumer<byte[], byte[]> consumer;

    Log(String bootstrapServers) {
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", bootstrapServers), bytes, bytes);
    }

    /** All requests that are there now, whose ids begin so; each partition in its order. */
    List<Submitted> requests(String idPrefix) throws DecodeException {
        AvroCodec<InferenceRequest> codec = AvroCodec.of(InferenceRequest.class);
        List<Submitted> found = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : all(Topic.REQUESTS)) {
            InferenceRequest request = codec.decode(each.value());
            if (request.getRequestId().startsWith(idPrefix)) {
                found.add(new Submitted(request, Instant.ofEpochMilli(each.timestamp())));
            }
        }
        return found;
    }

    private List<ConsumerRecord<byte[], byte[]>> all(Topic topic) {
        List<TopicPartition> partitions =
                consumer.partitionsFor(topic.name(TopicPrefix.DEFAULT)).stream()
                        .map(info -> new TopicPartition(info.topic(), info.partition()))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        while (ends.entrySet().stream()
                .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
            consumer.poll(Duration.ofMillis(100)).forEach(records::add);
        }
        return records;
    }

    /** The one record that a reference points at. */
    byte[] at(PayloadRef ref) {
        TopicPartition partition = new TopicPartition(ref.getTopic(), ref.getPartition());
        consumer.assign(List.of(partition));
        consumer.seek(partition, ref.getOffset());
        List<ConsumerRecord<byte[], byte[]>> records = consumer.poll(PATIENCE).records(partition);
        if (records.isEmpty() || records.get(0).offset() != ref.getOffset()) {
            throw new AssertionError("no record at " + ref);
        }
        return records.get(0).value();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
