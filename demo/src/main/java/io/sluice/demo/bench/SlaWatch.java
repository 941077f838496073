package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Follows how many outcomes the published windows of everything hold. The rate is taken between the
 * first value that was published and the one that has them all, so that neither the start of the
 * job nor its first second is in it.
 */
final class SlaWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** The longer ones hold the same outcomes again. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<SlaWindow> codec = AvroCodec.of(SlaWindow.class);
    private final long expected;
    private final Map<Instant, Long> held = new HashMap<>();
    private long total;
    private long firstTotal;
    private long firstMillis;
    private long lastMillis;

    /** Watches what is published from now on. */
    SlaWatch(BenchTopics topics, long expected) {
        this.expected = expected;
        consumer = topics.consumer();
        List<TopicPartition> partitions =
                IntStream.range(0, topics.partitions())
                        .mapToObj(partition -> new TopicPartition(topics.sla(), partition))
                        .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /** Waits until all are counted. */
    double perSecond() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (total < expected) {
            if (System.nanoTime() - end > 0) {
                throw new IllegalStateException(
                        "only %d of %d outcomes were counted within %s"
                                .formatted(total, expected, PATIENCE));
            }
            consumer.poll(POLL).forEach(this::note);
        }
        return (total - firstTotal) * 1000.0 / Math.max(1, lastMillis - firstMillis);
    }

    private void note(ConsumerRecord<byte[], byte[]> record) {
        SlaWindow window;
        try {
            window = codec.decode(record.value());
        } catch (DecodeException e) {
            throw new IllegalStateException("the windows topic holds an unreadable record", e);
        }
        Duration length = Duration.between(window.getWindowStart(), window.getWindowEnd());
        if (window.getScope() != SlaScope.ALL || !length.equals(SHORTEST)) {
            return;
        }
        long requests = window.getOutcomes().values().stream().mapToLong(Long::longValue).sum();
        Long before = held.put(window.getWindowStart(), requests);
        total += requests - (before == null ? 0 : before);
        lastMillis = window.getEmittedAt().toEpochMilli();
        if (firstMillis == 0) {
            firstMillis = lastMillis;
            firstTotal = total;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
