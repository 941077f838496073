package io.sluice.apps.timeline;

import io.sluice.schemas.Topic;

import org.apache.kafka.common.TopicPartition;

import java.util.Map;

/**
 * A part of a topic.
 *
 * @param topic the topic
 * @param from first offset of each partition
 * @param to offset behind the last of each
 */
record TopicSpan(Topic topic, Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {

    TopicSpan {
        from = Map.copyOf(from);
        to = Map.copyOf(to);
    }

    long firstOf(TopicPartition partition) {
        return from.getOrDefault(partition, 0L);
    }

    long endOf(TopicPartition partition) {
        return to.getOrDefault(partition, 0L);
    }

    /** How many records there are at most. */
    long size() {
        return from.keySet().stream().mapToLong(this::sizeOf).sum();
    }

    private long sizeOf(TopicPartition partition) {
        return Math.max(0, endOf(partition) - firstOf(partition));
    }
}
