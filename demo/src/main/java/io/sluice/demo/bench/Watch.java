package io.sluice.demo.bench;

import io.sluice.core.latency.LatencyHistogram;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Reads what a job writes until all of it is there, and measures it by the broker's clock. */
final class Watch {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final BenchTopics topics;
    private final String topic;
    private final Function<ConsumerRecord<byte[], byte[]>, OptionalLong> requestMillis;

    /**
     * Watches a topic.
     *
     * @param requestMillis append time of the request that a record is about; empty for records
     *     about none
     */
    Watch(
            BenchTopics topics,
            String topic,
            Function<ConsumerRecord<byte[], byte[]>, OptionalLong> requestMillis) {
        this.topics = topics;
        this.topic = topic;
        this.requestMillis = requestMillis;
    }

    /** Skips what is there, does the work, and measures what it leads to. */
    Measurement measure(int expected, Runnable work) {
        try (KafkaConsumer<byte[], byte[]> consumer = topics.consumer()) {
            List<TopicPartition> partitions =
                    IntStream.range(0, topics.partitions())
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToEnd(partitions);
            partitions.forEach(consumer::position);
            work.run();
            return read(consumer, expected);
        }
    }

    private Measurement read(KafkaConsumer<byte[], byte[]> consumer, int expected) {
        LatencyHistogram latency = new LatencyHistogram();
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;
        long seen = 0;
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (seen < expected && System.nanoTime() - end < 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                OptionalLong submitted = requestMillis.apply(record);
                if (submitted.isPresent()) {
                    seen++;
                    first = Math.min(first, record.timestamp());
                    last = Math.max(last, record.timestamp());
                    latency.addMillis(record.timestamp() - submitted.getAsLong());
                }
            }
        }
        if (seen < expected) {
            throw new IllegalStateException(
                    "only %d of %d records came on %s within %s"
                            .formatted(seen, expected, topic, PATIENCE));
        }
        return new Measurement(seen, seen * 1000.0 / Math.max(1, last - first), latency);
    }
}
