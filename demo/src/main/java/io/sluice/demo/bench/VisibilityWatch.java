package io.sluice.demo.bench;

import io.sluice.core.latency.LatencyHistogram;
import io.sluice.demo.topic.CommittedRecords;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Sees outcomes as a reader of committed records does, and how long after the broker had appended
 * them. Broker and reader have one clock, that of this machine.
 */
final class VisibilityWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final KafkaConsumer<byte[], byte[]> consumer;

    /** Watches what becomes visible from now on. */
    VisibilityWatch(BenchTopics topics) {
        consumer = CommittedRecords.consumer(topics.bootstrapServers());
        List<TopicPartition> partitions =
                CommittedRecords.fromTheStart(consumer, List.of(topics.outcomes()));
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Reads while somebody works, until all that it leads to is seen.
     *
     * @param expected outcomes that the work leads to
     * @return milliseconds from the append of each to when it was seen
     * @throws IllegalStateException if they do not come
     */
    LatencyHistogram measure(int expected, Runnable work) {
        CompletableFuture<Void> working = CompletableFuture.runAsync(work);
        LatencyHistogram latency = new LatencyHistogram();
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (latency.count() < expected) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "only %d of %d outcomes were seen within %s"
                                .formatted(latency.count(), expected, PATIENCE));
            }
            Iterable<ConsumerRecord<byte[], byte[]>> seen = consumer.poll(POLL);
            long now = System.currentTimeMillis();
            for (ConsumerRecord<byte[], byte[]> record : seen) {
                latency.addMillis(Math.max(0, now - record.timestamp()));
            }
        }
        working.join();
        return latency;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
