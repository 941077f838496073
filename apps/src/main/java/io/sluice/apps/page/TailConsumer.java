package io.sluice.apps.page;

import io.sluice.apps.cli.KafkaAccess;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One consumer of the topics that exist, without a group; looks for the missing ones now and then.
 */
final class TailConsumer implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** How often a topic that is missing, or a broker that is silent, is asked for. */
    private static final long ASK_MILLIS = 3_000;

    private final RecordIntake intake;
    private final TailPositions positions;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<String> missing;
    private final Map<TopicPartition, Long> history = new HashMap<>();
    private long askMillis;
    private boolean answers;

    TailConsumer(KafkaAccess kafka, RecordIntake intake, TailPositions positions) {
        this.intake = intake;
        this.positions = positions;
        this.missing = new ArrayList<>(intake.topics());
        Map<String, Object> required =
                Map.of(
                        "default.api.timeout.ms",
                        (int) PATIENCE.toMillis(),
                        "isolation.level",
                        "read_committed");
        consumer = kafka.reader(Map.of(), required);
    }

    /**
     * Reads what is there, or waits a moment.
     *
     * @return whether the broker answers
     */
    boolean step(long nowMillis) {
        if (nowMillis >= askMillis) {
            answers = ask();
            askMillis = nowMillis + ASK_MILLIS;
        }
        if (consumer.assignment().isEmpty()) {
            return answers;
        }
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
            intake.take(record);
            positions.read(record);
        }
        if (!records.isEmpty()) {
            answers = true;
            askMillis = missing.isEmpty() ? nowMillis + ASK_MILLIS : askMillis;
        }
        history.entrySet().removeIf(end -> consumer.position(end.getKey()) >= end.getValue());
        return answers;
    }

    private boolean ask() {
        try {
            Map<String, List<PartitionInfo>> topics = consumer.listTopics(PATIENCE);
            List<TopicPartition> found = new ArrayList<>();
            for (String topic : missing) {
                topics.getOrDefault(topic, List.of())
                        .forEach(p -> found.add(new TopicPartition(topic, p.partition())));
            }
            if (!found.isEmpty()) {
                add(found);
                missing.removeIf(topics::containsKey);
            }
            return true;
        } catch (TimeoutException silent) {
            return false;
        }
    }

    private void add(List<TopicPartition> found) {
        List<TopicPartition> all = new ArrayList<>(consumer.assignment());
        all.addAll(found);
        consumer.assign(all);
        positions.seek(consumer, found);
        history.putAll(consumer.endOffsets(found));
    }

    /** Topics that do not exist. */
    List<String> missing() {
        return missing;
    }

    /** Whether it still reads what was there before it. */
    boolean isReadingBack() {
        return !history.isEmpty();
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
