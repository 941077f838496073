package io.sluice.demo.bench;

import io.sluice.core.latency.LatencyHistogram;
import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;

import static org.assertj.core.api.Assertions.assertThat;

class VisibilityWatchTest {

    /** What an open transaction holds back counts from its append, not from its commit. */
    @Test
    void countsFromTheAppendToTheCommitOfATransaction() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.temporary()) {
            BenchTopics topics =
                    new BenchTopics(broker.bootstrapServers(), new TopicPrefix("watched."), 2);
            topics.create();
            AtomicLong heldMillis = new AtomicLong();
            try (VisibilityWatch watch = new VisibilityWatch(topics);
                    KafkaProducer<byte[], byte[]> producer = transactional(topics)) {
                producer.initTransactions();

                LatencyHistogram latency =
                        watch.measure(2, () -> heldMillis.set(writeTwo(producer, topics)));

                assertThat(latency.count()).isEqualTo(2);
                assertThat(heldMillis).hasPositiveValue();
                assertThat(latency.maxMillis().orElseThrow())
                        .isGreaterThanOrEqualTo(heldMillis.get());
            }
        }
    }

    private static KafkaProducer<byte[], byte[]> transactional(BenchTopics topics) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        topics.bootstrapServers(),
                        "transactional.id",
                        "writer",
                        "linger.ms",
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** How long, at least, the first was held back by its transaction, in milliseconds. */
    private static long writeTwo(KafkaProducer<byte[], byte[]> producer, BenchTopics topics) {
        producer.beginTransaction();
        long appended = append(producer, topics);
        long last = append(producer, topics);
        while (last <= appended) {
            last = System.currentTimeMillis();
        }
        producer.commitTransaction();
        return last - appended;
    }

    private static long append(KafkaProducer<byte[], byte[]> producer, BenchTopics topics) {
        try {
            return producer.send(new ProducerRecord<>(topics.outcomes(), 0, null, new byte[1]))
                    .get()
                    .timestamp();
        } catch (InterruptedException | ExecutionException exception) {
            throw new IllegalStateException(exception);
        }
    }
}
