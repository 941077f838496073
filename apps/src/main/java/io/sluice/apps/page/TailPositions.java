package io.sluice.apps.page;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where reading begins in a partition, and where it goes on after the broker was away. */
final class TailPositions {

    private static final Duration HISTORY = Duration.ofMinutes(15);

    private final Clock clock;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    TailPositions(Clock clock) {
        this.clock = clock;
    }

    void read(ConsumerRecord<?, ?> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    /** Sets a consumer where each partition was left, or where the last minutes begin in it. */
    void seek(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> begin = new HashMap<>();
        long since = clock.millis() - HISTORY.toMillis();
        partitions.stream().filter(p -> !next.containsKey(p)).forEach(p -> begin.put(p, since));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(begin);
        for (TopicPartition partition : partitions) {
            Long left = next.get(partition);
            OffsetAndTimestamp first = found.get(partition);
            if (left != null) {
                consumer.seek(partition, left);
            } else if (first != null) {
                consumer.seek(partition, first.offset());
            } else {
                consumer.seekToEnd(List.of(partition));
                // Seeking is lazy; asking for the position is what fixes it.
                consumer.position(partition);
            }
        }
    }
}
