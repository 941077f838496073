package io.sluice.demo.upgrade;

import io.sluice.demo.topic.CommittedRecords;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * How many requests the topics have, and how many outcomes, as far as they can be read. A restored
 * job may write some again.
 */
final class Ledger implements AutoCloseable {

    private static final String REQUESTS = Topic.REQUESTS.name(TopicPrefix.DEFAULT);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Set<String> requests = new HashSet<>();
    private final Set<String> outcomes = new HashSet<>();

    Ledger(String bootstrapServers) {
        consumer = CommittedRecords.consumer(bootstrapServers);
        CommittedRecords.fromTheStart(
                consumer, List.of(REQUESTS, Topic.OUTCOMES.name(TopicPrefix.DEFAULT)));
    }

    long outcomes() {
        read();
        return outcomes.size();
    }

    /** Requests without an outcome. */
    long unanswered() {
        read();
        return requests.size() - outcomes.size();
    }

    private void read() {
        for (var record : consumer.poll(Duration.ofMillis(100))) {
            Set<String> ids = record.topic().equals(REQUESTS) ? requests : outcomes;
            ids.add(new String(record.key(), StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
