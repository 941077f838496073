package io.sluice.apps.tail;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Reads a topic once, from a position up to where it ended when the reading began, or for ever. */
final class TopicReader implements AutoCloseable {

    /**
     * What to read.
     *
     * @param topic the topic
     * @param partition the only partition, or null for all
     * @param start where to begin
     * @param follow whether to go on with what is written meanwhile
     * @param readCommitted whether to leave out what belongs to open or aborted transactions
     * @param key the only key, or null for all
     */
    record Selection(
            Topic topic,
            @Nullable Integer partition,
            StartPosition start,
            boolean follow,
            boolean readCommitted,
            @Nullable String key) {}

    private static final Duration POLL = Duration.ofSeconds(1);

    private final KafkaAccess kafka;
    private final Selection selection;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(KafkaAccess kafka, Selection selection) {
        this.kafka = kafka;
        this.selection = selection;
        Map<String, Object> required =
                Map.of(
                        "default.api.timeout.ms",
                        10_000,
                        "isolation.level",
                        selection.readCommitted() ? "read_committed" : "read_uncommitted");
        try {
            consumer = kafka.reader(Map.of(), required);
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    /**
     * Reads until the end, until {@link #stop}, or until somebody has enough.
     *
     * @param wantsMore receives the records of one partition in their order; false ends it
     * @throws CommandException if the broker does not answer, or there is no such topic
     */
    void read(Predicate<ConsumerRecord<byte[], byte[]>> wantsMore) {
        try {
            List<TopicPartition> partitions = partitions();
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            seek(partitions);
            while (selection.follow() || isBefore(ends)) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (isWanted(record, ends) && !wantsMore.test(record)) {
                        return;
                    }
                }
            }
        } catch (WakeupException stopped) {
            // Asked to.
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    private List<TopicPartition> partitions() {
        String name = kafka.name(selection.topic());
        int count = kafka.partitions(selection.topic()).getOrDefault(selection.topic(), 0);
        Integer only = selection.partition();
        if (only == null) {
            return IntStream.range(0, count).mapToObj(i -> new TopicPartition(name, i)).toList();
        }
        if (only < 0 || only >= count) {
            throw new CommandException(
                    "topic %s has no partition %d: choose --partition from 0 to %d"
                            .formatted(name, only, count - 1));
        }
        return List.of(new TopicPartition(name, only));
    }

    private void seek(List<TopicPartition> partitions) {
        switch (selection.start().kind()) {
            case BEGINNING -> consumer.seekToBeginning(partitions);
            case END -> {
                consumer.seekToEnd(partitions);
                // Seeking is lazy; asking for the position is what fixes it.
                partitions.forEach(consumer::position);
            }
            case OFFSET -> {
                Map<TopicPartition, Long> oldest = consumer.beginningOffsets(partitions);
                Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
                for (TopicPartition partition : partitions) {
                    long offset = Math.max(selection.start().offset(), at(oldest, partition));
                    consumer.seek(partition, Math.min(offset, at(ends, partition)));
                }
            }
        }
    }

    /**
     * A transaction's markers take offsets of their own, so positions are compared, not records.
     */
    private boolean isBefore(Map<TopicPartition, Long> ends) {
        return ends.keySet().stream().anyMatch(p -> consumer.position(p) < at(ends, p));
    }

    private boolean isWanted(
            ConsumerRecord<byte[], byte[]> record, Map<TopicPartition, Long> ends) {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        boolean inRange = selection.follow() || record.offset() < at(ends, partition);
        String key = selection.key();
        return inRange
                && (key == null
                        || Arrays.equals(record.key(), key.getBytes(StandardCharsets.UTF_8)));
    }

    private static long at(Map<TopicPartition, Long> offsets, TopicPartition partition) {
        Long offset = offsets.get(partition);
        return offset == null ? 0 : offset;
    }

    /** Ends the reading. Any thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
