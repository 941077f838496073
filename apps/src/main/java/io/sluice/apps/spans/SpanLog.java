package io.sluice.apps.spans;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Outcomes and decisions, read side by side by one process; a consumer group remembers up to where
 * they are needed no more. How far the decisions have come in the time of the broker is known, so
 * that an outcome can wait for those that came before it.
 */
final class SpanLog implements AutoCloseable {

    /** How long the broker may take to remember; it is asked again later. */
    private static final Duration COMMIT_PATIENCE = Duration.ofSeconds(5);

    private final Consumer<byte[], byte[]> consumer;
    private final List<TopicPartition> outcomes;
    private final List<TopicPartition> decisions;
    private final Map<TopicPartition, Long> newestMillis = new HashMap<>();
    private Map<TopicPartition, OffsetAndMetadata> remembered = Map.of();

    /** What a consumer reads of partitions of both topics. */
    SpanLog(
            Consumer<byte[], byte[]> consumer,
            List<TopicPartition> outcomes,
            List<TopicPartition> decisions) {
        this.consumer = consumer;
        this.outcomes = outcomes;
        this.decisions = decisions;
        List<TopicPartition> all = new ArrayList<>(outcomes);
        all.addAll(decisions);
        consumer.assign(all);
        // What is written from now on is behind the place that is fixed here.
        all.forEach(consumer::position);
    }

    /**
     * Opens it where the group has stopped.
     *
     * @param fromBeginning where a group begins that has never read: at the oldest records, or
     *     behind the newest
     * @throws CommandException if there is no broker or a topic is missing
     */
    static SpanLog open(KafkaAccess kafka, String group, boolean fromBeginning) {
        Map<Topic, Integer> counts = kafka.partitions(Topic.OUTCOMES, Topic.DECISIONS);
        Map<String, Object> required =
                Map.of(
                        "group.id",
                        group,
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        fromBeginning ? "earliest" : "latest");
        try {
            return new SpanLog(
                    kafka.reader(Map.of(), required),
                    partitions(kafka, Topic.OUTCOMES, counts),
                    partitions(kafka, Topic.DECISIONS, counts));
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    private static List<TopicPartition> partitions(
            KafkaAccess kafka, Topic topic, Map<Topic, Integer> counts) {
        return IntStream.range(0, counts.getOrDefault(topic, 0))
                .mapToObj(partition -> new TopicPartition(kafka.name(topic), partition))
                .toList();
    }

    /** What there is, decisions first; or nothing after that time. */
    List<ConsumerRecord<byte[], byte[]>> read(Duration patience) {
        List<ConsumerRecord<byte[], byte[]>> of = new ArrayList<>();
        List<ConsumerRecord<byte[], byte[]>> ends = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(patience)) {
            if (isOutcome(record)) {
                ends.add(record);
            } else {
                newestMillis.put(at(record), record.timestamp());
                of.add(record);
            }
        }
        of.addAll(ends);
        return of;
    }

    boolean isOutcome(ConsumerRecord<byte[], byte[]> record) {
        return record.topic().equals(outcomes.get(0).topic());
    }

    private static TopicPartition at(ConsumerRecord<byte[], byte[]> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /** Whether all decisions were read that the broker had before that time. */
    boolean hasDecisionsUntil(long millis) {
        return decisions.stream()
                .allMatch(
                        partition ->
                                newestMillis.getOrDefault(partition, Long.MIN_VALUE) >= millis
                                        || isAtTheEnd(partition));
    }

    private boolean isAtTheEnd(TopicPartition partition) {
        OptionalLong lag = consumer.currentLag(partition);
        return lag.isPresent() && lag.getAsLong() == 0;
    }

    /** Reads no outcomes for now, or does again. */
    void holdOutcomes(boolean hold) {
        if (hold) {
            consumer.pause(outcomes);
        } else {
            consumer.resume(outcomes);
        }
    }

    /** Up to where the outcomes were read, by partition. */
    Map<Integer, Long> outcomePositions() {
        return positions(outcomes);
    }

    /** Up to where the decisions were read, by partition. */
    Map<Integer, Long> decisionPositions() {
        return positions(decisions);
    }

    private Map<Integer, Long> positions(Collection<TopicPartition> of) {
        return of.stream().collect(Collectors.toMap(TopicPartition::partition, consumer::position));
    }

    /**
     * Remembers from where the next process is to read.
     *
     * @return whether the broker has it
     */
    boolean remember(Map<Integer, Long> outcomesFrom, Map<Integer, Long> decisionsFrom) {
        Map<TopicPartition, OffsetAndMetadata> from = new HashMap<>();
        outcomes.forEach(at -> put(from, at, outcomesFrom));
        decisions.forEach(at -> put(from, at, decisionsFrom));
        if (from.equals(remembered)) {
            return true;
        }
        try {
            consumer.commitSync(from, COMMIT_PATIENCE);
        } catch (TimeoutException silent) {
            return false;
        }
        remembered = from;
        return true;
    }

    private static void put(
            Map<TopicPartition, OffsetAndMetadata> all,
            TopicPartition at,
            Map<Integer, Long> offsets) {
        Long offset = offsets.get(at.partition());
        if (offset != null) {
            all.put(at, new OffsetAndMetadata(offset));
        }
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
