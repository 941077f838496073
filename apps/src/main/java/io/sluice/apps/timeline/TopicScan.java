package io.sluice.apps.timeline;

import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads parts of topics up to where they ended when it was asked, as long as there is time. */
final class TopicScan {

    private static final Duration POLL = Duration.ofMillis(200);

    private final Consumer<byte[], byte[]> consumer;
    private final Patience patience;
    private final TimelineReader.Progress progress;
    private final List<String> unread = new ArrayList<>();

    TopicScan(
            Consumer<byte[], byte[]> consumer,
            Patience patience,
            TimelineReader.Progress progress) {
        this.consumer = consumer;
        this.patience = patience;
        this.progress = progress;
    }

    /** Takes the records of a scan, those of a partition in their order. */
    interface Sink {
        void take(ConsumerRecord<byte[], byte[]> record);
    }

    /** What was not read, and why. */
    List<String> unread() {
        return unread;
    }

    /**
     * The part of a topic that was written in a time.
     *
     * @param from from when on, or null from the beginning
     * @param to up to when, or null up to the end
     */
    TopicSpan span(
            Topic topic,
            Collection<TopicPartition> partitions,
            @Nullable Instant from,
            @Nullable Instant to) {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Long> first =
                from == null ? consumer.beginningOffsets(partitions) : at(from, ends);
        return new TopicSpan(topic, first, to == null ? ends : at(to, ends));
    }

    /** A partition without a record that late is read from, or up to, its end. */
    private Map<TopicPartition, Long> at(Instant time, Map<TopicPartition, Long> ends) {
        Map<TopicPartition, Long> times = new HashMap<>();
        ends.keySet().forEach(p -> times.put(p, Math.max(0, time.toEpochMilli())));
        Map<TopicPartition, Long> offsets = new HashMap<>(ends);
        consumer.offsetsForTimes(times)
                .forEach((partition, found) -> note(offsets, partition, found));
        return offsets;
    }

    private static void note(
            Map<TopicPartition, Long> offsets,
            TopicPartition partition,
            @Nullable OffsetAndTimestamp found) {
        if (found != null) {
            offsets.put(partition, found.offset());
        }
    }

    /** Reads a part of a topic. */
    void read(TopicSpan span, Sink sink) {
        Set<TopicPartition> left = new HashSet<>(span.from().keySet());
        left.removeIf(p -> span.firstOf(p) >= span.endOf(p));
        consumer.assign(left);
        left.forEach(p -> consumer.seek(p, span.firstOf(p)));
        while (!left.isEmpty()) {
            if (patience.isOver()) {
                giveUp(span, left);
                return;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(record.topic(), record.partition());
                if (record.offset() < span.endOf(partition)) {
                    sink.take(record);
                }
            }
            // The markers of transactions take offsets too, so positions are compared.
            left.removeIf(p -> consumer.position(p) >= span.endOf(p));
            consumer.assign(left);
            progress.reading(span.topic(), span.size() - leftOver(span, left), span.size());
        }
    }

    private long leftOver(TopicSpan span, Set<TopicPartition> left) {
        return left.stream().mapToLong(p -> span.endOf(p) - consumer.position(p)).sum();
    }

    private void giveUp(TopicSpan span, Set<TopicPartition> left) {
        unread.add(
                "%s: %d of %d records were not read in %s"
                        .formatted(
                                span.topic().suffix(),
                                leftOver(span, left),
                                span.size(),
                                Words.duration(patience.limit())));
    }
}
