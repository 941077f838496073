package io.sluice.demo.chaos;

import io.sluice.demo.topic.CommittedRecords;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Reads the topics while they are written: who has ended, and what is dispatched when. It says when
 * a round is over and how fast it recovered; what is right, {@link AuditRun} says.
 */
final class TopicWatch implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration CALL = Duration.ofSeconds(1);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<DispatchCommand> commands = AvroCodec.of(DispatchCommand.class);
    private final String requests = Topic.REQUESTS.name(TopicPrefix.DEFAULT);
    private final String outcomes = Topic.OUTCOMES.name(TopicPrefix.DEFAULT);
    private final Ends ends = new Ends();
    private final Dispatches dispatches = new Dispatches();
    private final Thread thread = new Thread(this::read, "topic-watch");
    private volatile long sawAllNanos = System.nanoTime();
    private volatile @Nullable RuntimeException failure;

    private TopicWatch(String brokers) {
        consumer = CommittedRecords.consumer(brokers);
        CommittedRecords.fromTheStart(
                consumer, List.of(requests, outcomes, Topic.DISPATCH.name(TopicPrefix.DEFAULT)));
        thread.setDaemon(true);
    }

    /** Starts to read. */
    static TopicWatch start(String brokers) {
        TopicWatch watch = new TopicWatch(brokers);
        watch.thread.start();
        return watch;
    }

    /** Who was submitted and has ended. */
    Ends ends() {
        requireWell();
        return ends;
    }

    /** What was dispatched. */
    Dispatches dispatches() {
        requireWell();
        return dispatches;
    }

    private void requireWell() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the topics cannot be watched: " + failed, failed);
        }
    }

    /** Whether everything that was written by some time has been read. */
    boolean sawAllUntil(long nanos) {
        requireWell();
        return sawAllNanos - nanos > 0;
    }

    private void read() {
        try (consumer) {
            while (true) {
                long before = System.nanoTime();
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                records.forEach(this::take);
                if (records.isEmpty() && isAtEnd()) {
                    sawAllNanos = before;
                }
            }
        } catch (WakeupException closed) {
            // The end.
        } catch (RuntimeException failed) {
            failure = failed;
        }
    }

    private boolean isAtEnd() {
        try {
            return consumer.endOffsets(consumer.assignment(), CALL).entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey(), CALL) >= end.getValue());
        } catch (RetriableException brokerIsDown) {
            return false;
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(requests)) {
            ends.submitted(key(record));
        } else if (record.topic().equals(outcomes)) {
            ends.ended(key(record));
        } else {
            command(record);
        }
    }

    private static String key(ConsumerRecord<byte[], byte[]> record) {
        return new String(record.key(), StandardCharsets.UTF_8);
    }

    private void command(ConsumerRecord<byte[], byte[]> record) {
        try {
            DispatchCommand command = commands.decode(record.value());
            if (command.getType() == CommandType.DISPATCH) {
                dispatches.add(command);
            }
        } catch (DecodeException unreadable) {
            throw new IllegalStateException("a command cannot be read: " + unreadable, unreadable);
        }
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
