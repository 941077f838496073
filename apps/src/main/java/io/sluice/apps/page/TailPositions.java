package io.sluice.apps.page;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** Where reading begins in a partition, and where it goes on after the broker was away. */
final class TailPositions {

    private final ToLongFunction<String> beginMillis;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    /**
     * Nothing has been read yet.
     *
     * @param beginMillis where to begin in a topic that has not been read, milliseconds since the
     *     epoch
     */
    TailPositions(ToLongFunction<String> beginMillis) {
        this.beginMillis = beginMillis;
    }

    void read(ConsumerRecord<?, ?> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
    }

    /** Sets a consumer where each partition was left, or where the last minutes begin in it. */
    void seek(KafkaConsumer<byte[], byte[]> consumer, Collection<TopicPartition> partitions) {
        Map<TopicPartition, Long> begin = new HashMap<>();
        partitions.stream()
                .filter(p -> !next.containsKey(p))
                .forEach(p -> begin.put(p, beginMillis.applyAsLong(p.topic())));
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
