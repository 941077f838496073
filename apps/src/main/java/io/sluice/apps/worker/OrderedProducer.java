package io.sluice.apps.worker;

import io.sluice.apps.worker.EventSender.Listener;
import io.sluice.apps.worker.EventSender.Target;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Future;

/**
 * A producer that says nothing more once it could not say something. Idempotent producers keep the
 * order of what they repeat; when one gives a record up, this gives up everything behind it.
 */
final class OrderedProducer implements AutoCloseable {

    private final Producer<byte[], byte[]> producer;
    private final Target target;
    private final Clocks clocks;
    private final Listener listener;
    private final byte[] key;
    private volatile boolean broken;

    /**
     * What answers of the broker tell of the time.
     *
     * @param ours when we ask, and hear
     * @param broker learns from that
     */
    record Clocks(WorkerClock ours, BrokerTime broker) {}

    OrderedProducer(
            Producer<byte[], byte[]> producer, Target target, Clocks clocks, Listener listener) {
        this.producer = producer;
        this.target = target;
        this.clocks = clocks;
        this.listener = listener;
        this.key = target.instanceId().getBytes(StandardCharsets.UTF_8);
    }

    /** Whether it has failed; then it sends nothing any more. */
    boolean isBroken() {
        return broken;
    }

    /** Sends a report, unless an earlier one could not be sent. */
    void send(long incarnation, long seq, byte[] value) {
        if (broken) {
            return;
        }
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(target.topic(), target.partition(), key, value);
        long sentNanos = clocks.ours().nanos();
        try {
            Future<?> unused =
                    producer.send(
                            record,
                            (metadata, exception) -> {
                                if (exception == null) {
                                    learn(sentNanos, metadata);
                                    listener.acknowledged(incarnation, seq);
                                } else {
                                    breakOff(incarnation, exception);
                                }
                            });
        } catch (InterruptException stopped) {
            throw stopped;
        } catch (IllegalStateException | KafkaException closed) {
            // Closed by a failure that came since the look at it, perhaps while this waited for
            // metadata; then this is its echo.
            breakOff(incarnation, closed);
        }
    }

    /** Where the topic keeps the time of its producers, this learns our own clock. */
    private void learn(long sentNanos, RecordMetadata metadata) {
        if (metadata.hasTimestamp()) {
            clocks.broker().answered(sentNanos, clocks.ours().nanos(), metadata.timestamp());
        }
    }

    /** Stops for good. Only the first reason counts: the failures that follow are its echoes. */
    void breakOff(long incarnation, Exception reason) {
        synchronized (this) {
            if (broken) {
                return;
            }
            broken = true;
        }
        // At once, also when called from the producer's own thread: what it still holds must not
        // be sent.
        producer.close(Duration.ZERO);
        if (reason instanceof RetriableException) {
            listener.silenced(incarnation, String.valueOf(reason.getMessage()));
        } else {
            listener.failed(
                    reason instanceof RuntimeException unchecked
                            ? unchecked
                            : new IllegalStateException(reason));
        }
    }

    /** Closes the producer; what has not been sent is given up. */
    @Override
    public void close() {
        synchronized (this) {
            broken = true;
        }
        producer.close(Duration.ZERO);
    }
}
