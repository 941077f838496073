package io.sluice.apps.alerts;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The topic of alerts, read from its beginning as a member of a consumer group. The group remembers
 * up to where the alerts were told, so what came before is known and not told again. Several
 * processes of one group share the partitions.
 */
final class AlertLog implements AutoCloseable {

    /** Hears of the records, in the thread that reads. */
    interface Listener {
        /** A record, and whether it was told before. */
        void read(ConsumerRecord<byte[], byte[]> record, boolean told);

        /** All that a partition held when it was given to us was read, and none of it ever told. */
        void firstTimeAt(int partition);

        /** Partitions that others read from now on. */
        void lost(Set<Integer> partitions);
    }

    /** So that another process stands in for one that died within seconds, not a minute. */
    private static final Map<String, Object> STANDING_IN =
            Map.of("session.timeout.ms", 10_000, "heartbeat.interval.ms", 3_000);

    private final Listener listener;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final Map<TopicPartition, Long> told = new HashMap<>();
    private final Map<TopicPartition, Long> historyEnds = new HashMap<>();

    /**
     * Opens it.
     *
     * @throws CommandException if there is no broker or no topic
     */
    AlertLog(KafkaAccess kafka, String group, Listener listener) {
        this.listener = listener;
        this.topic = kafka.name(Topic.ALERTS);
        kafka.partitions(Topic.ALERTS);
        try {
            consumer = kafka.reader(STANDING_IN, Map.of("group.id", group));
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
        consumer.subscribe(List.of(topic), new Sharing());
    }

    /** Reads what there is, or waits for it so long. */
    void read(Duration patience) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(patience);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition at = new TopicPartition(record.topic(), record.partition());
            listener.read(record, record.offset() < told.getOrDefault(at, 0L));
        }
        historyEnds
                .entrySet()
                .removeIf(
                        end -> {
                            boolean read = consumer.position(end.getKey()) >= end.getValue();
                            if (read && !told.containsKey(end.getKey())) {
                                listener.firstTimeAt(end.getKey().partition());
                            }
                            return read;
                        });
    }

    /** Whether what was there before us is still being read, or no partition is ours yet. */
    boolean isReadingBack() {
        return !historyEnds.isEmpty() || consumer.assignment().isEmpty();
    }

    /** Up to where each partition was read. */
    Map<Integer, Long> positions() {
        return consumer.assignment().stream()
                .collect(Collectors.toMap(TopicPartition::partition, consumer::position));
    }

    /**
     * Remembers up to where the alerts were told.
     *
     * @return whether the broker has it
     */
    boolean remember(Map<Integer, Long> upTo) {
        Map<TopicPartition, OffsetAndMetadata> changed = new HashMap<>();
        upTo.forEach(
                (partition, offset) -> {
                    TopicPartition at = new TopicPartition(topic, partition);
                    if (!offset.equals(told.get(at))) {
                        changed.put(at, new OffsetAndMetadata(offset));
                    }
                });
        if (changed.isEmpty()) {
            return true;
        }
        try {
            consumer.commitSync(changed);
        } catch (TimeoutException silent) {
            return false;
        }
        changed.forEach((at, offset) -> told.put(at, offset.offset()));
        return true;
    }

    /** Ends the reading. Any thread. */
    void stop() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }

    /** What happens when partitions come and go. */
    private final class Sharing implements ConsumerRebalanceListener {

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> ours) {
            consumer.committed(Set.copyOf(ours))
                    .forEach(
                            (at, committed) -> {
                                if (committed != null) {
                                    told.put(at, committed.offset());
                                }
                            });
            historyEnds.putAll(consumer.endOffsets(ours));
            consumer.seekToBeginning(ours);
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> theirs) {
            theirs.forEach(told::remove);
            theirs.forEach(historyEnds::remove);
            listener.lost(
                    theirs.stream().map(TopicPartition::partition).collect(Collectors.toSet()));
        }
    }
}
