package io.sluice.demo.topic;

import io.sluice.demo.process.Await;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What can be read of a topic, from its beginning on, as far as it has been read. */
public final class Tape<T extends SpecificRecord> implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AvroCodec<T> codec;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<T> records = new ArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> raw = new ArrayList<>();
    private int unreadable;

    private Tape(String bootstrapServers, String topic, Class<T> type, String isolation) {
        codec = AvroCodec.of(type);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                isolation,
                                "fetch.max.wait.ms",
                                20,
                                "enable.auto.commit",
                                false),
                        bytes,
                        bytes);
        // A topic that was made just now may not be known yet.
        Await.until(topic + " to be there", PATIENCE, () -> !partitions(topic).isEmpty());
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    private List<TopicPartition> partitions(String topic) {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    /** What every reader may see. */
    public static <T extends SpecificRecord> Tape<T> committed(
            String bootstrapServers, String topic, Class<T> type) {
        return new Tape<>(bootstrapServers, topic, type, "read_committed");
    }

    /** What has been written, whether or not it will ever be committed. */
    public static <T extends SpecificRecord> Tape<T> written(
            String bootstrapServers, String topic, Class<T> type) {
        return new Tape<>(bootstrapServers, topic, type, "read_uncommitted");
    }

    /** Reads what is there, and returns everything read so far. */
    public List<T> read() {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
            if (record.value() == null) {
                unreadable++;
                continue;
            }
            try {
                records.add(codec.decode(record.value()));
                raw.add(record);
            } catch (DecodeException nonsense) {
                // Somebody may have written it to show that it does no harm.
                unreadable++;
            }
        }
        return List.copyOf(records);
    }

    /** How many records, of those that have been read, were none of this topic. */
    public int unreadable() {
        return unreadable;
    }

    /** Whether such a record has come by now. */
    public boolean has(Predicate<T> which) {
        return read().stream().anyMatch(which);
    }

    /** All such records that have been read. */
    public List<T> all(Predicate<T> which) {
        return records.stream().filter(which).toList();
    }

    /** All records that have been read, as the broker keeps them. */
    public List<ConsumerRecord<byte[], byte[]>> raw() {
        return List.copyOf(raw);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
