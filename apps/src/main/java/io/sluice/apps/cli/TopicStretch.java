package io.sluice.apps.cli;

import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Reads what a topic holds from one time on, up to where it ended when the reading began. */
public final class TopicStretch {

    private static final Duration POLL = Duration.ofSeconds(1);

    private static final Map<String, Object> REQUIRED =
            Map.of("default.api.timeout.ms", 10_000, "isolation.level", "read_committed");

    private final KafkaAccess kafka;

    /** Topics of one installation; asks for nothing before it reads. */
    public TopicStretch(KafkaAccess kafka) {
        this.kafka = kafka;
    }

    /**
     * Reads committed records, each partition in its order.
     *
     * @param topic the topic
     * @param fromMillis time of the first record
     * @return whether the topic has lost records of that time to its retention
     * @throws CommandException if the broker does not answer, or there is no such topic
     */
    public boolean read(
            Topic topic, long fromMillis, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        int count = kafka.partitions(topic).getOrDefault(topic, 0);
        String name = kafka.name(topic);
        List<TopicPartition> partitions =
                IntStream.range(0, count).mapToObj(i -> new TopicPartition(name, i)).toList();
        try (KafkaConsumer<byte[], byte[]> consumer = kafka.reader(Map.of(), REQUIRED)) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            boolean lost = seek(consumer, fromMillis, ends);
            while (ends.keySet().stream().anyMatch(p -> consumer.position(p) < at(ends, p))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    TopicPartition partition =
                            new TopicPartition(record.topic(), record.partition());
                    if (record.offset() < at(ends, partition)) {
                        reader.accept(record);
                    }
                }
            }
            return lost;
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    private static boolean seek(
            KafkaConsumer<byte[], byte[]> consumer,
            long fromMillis,
            Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(partition -> times.put(partition, fromMillis));
        Map<TopicPartition, @Nullable OffsetAndTimestamp> firsts = consumer.offsetsForTimes(times);
        Map<TopicPartition, Long> oldest = consumer.beginningOffsets(ends.keySet());
        boolean lost = false;
        for (TopicPartition partition : ends.keySet()) {
            OffsetAndTimestamp first = firsts.get(partition);
            long offset = first == null ? at(ends, partition) : first.offset();
            consumer.seek(partition, offset);
            lost |= offset > 0 && offset == at(oldest, partition);
        }
        return lost;
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        return offset == null ? 0 : offset;
    }
}
