package io.sluice.apps.worker;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;

/**
 * Sends reports to one partition, in order, in a thread of its own, since a Kafka producer may
 * block its caller while the broker is away.
 *
 * <p>A report that the broker does not take in time silences its incarnation: nothing later of it
 * goes out. The protocol then hears of no acknowledgement, its lease runs out, and the next
 * incarnation speaks with a new producer. A failure that no repetition mends is passed on, and ends
 * the worker.
 */
final class EventSender implements AutoCloseable {

    /**
     * Part of a report's time that it may spend before the producer has it; the producer allows it
     * the rest.
     */
    static final double QUEUE_SHARE = 0.25;

    private static final int NANOS_PER_MILLI = 1_000_000;

    /** Receives what becomes of reports, in any thread. */
    interface Listener {
        /** The broker has every report of an incarnation up to a number. */
        void acknowledged(long incarnation, long seq);

        /** The broker did not take a report in time; its incarnation is silent from now on. */
        void silenced(long incarnation, String reason);

        /** Nothing can be sent any more. */
        void failed(RuntimeException reason);
    }

    /**
     * Where reports go.
     *
     * @param topic full name
     * @param partition the one partition
     * @param instanceId key of every record
     * @param publishMillis how long a report may be under way in all
     */
    record Target(String topic, int partition, String instanceId, long publishMillis) {}

    /** A report on its way; one without a value only says that an incarnation begins. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Outgoing(
            long incarnation, long seq, byte @Nullable [] value, long queuedNanos) {}

    private final Target target;
    private final Supplier<Producer<byte[], byte[]>> producers;
    private final WorkerClock clock;
    private final BrokerTime brokerTime;
    private final Listener listener;
    private final long mostQueuedNanos;
    private final LinkedBlockingQueue<Outgoing> outbox = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile @Nullable OrderedProducer producer;

    EventSender(
            Target target,
            Supplier<Producer<byte[], byte[]>> producers,
            WorkerClock clock,
            BrokerTime brokerTime,
            Listener listener) {
        this.target = target;
        this.producers = producers;
        this.clock = clock;
        this.brokerTime = brokerTime;
        this.listener = listener;
        this.mostQueuedNanos = (long) (target.publishMillis() * QUEUE_SHARE * NANOS_PER_MILLI);
        this.thread = new Thread(this::run, "events-" + target.instanceId());
        thread.setDaemon(true);
    }

    /**
     * Makes a producer that has spoken with the broker, so that the first report need not wait for
     * it, and starts sending.
     *
     * @throws RuntimeException of the Kafka client, if the broker does not answer
     */
    void start() {
        producer = connect();
        thread.start();
    }

    /** An incarnation begins; reports of earlier ones that could not be sent are not repeated. */
    void begin(long incarnation) {
        outbox.add(new Outgoing(incarnation, 0, null, clock.nanos()));
    }

    /** Sends a report after all earlier ones. */
    void send(long incarnation, long seq, byte[] value) {
        outbox.add(new Outgoing(incarnation, seq, value, clock.nanos()));
    }

    private OrderedProducer connect() {
        Producer<byte[], byte[]> fresh = producers.get();
        try {
            fresh.partitionsFor(target.topic());
            return new OrderedProducer(
                    fresh, target, new OrderedProducer.Clocks(clock, brokerTime), listener);
        } catch (RuntimeException exception) {
            fresh.close(Duration.ZERO);
            throw exception;
        }
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Outgoing next = outbox.take();
                if (next.value() == null) {
                    begin(next);
                } else {
                    send(next, next.value());
                }
            }
        } catch (InterruptedException | InterruptException exception) {
            // Closed.
        } catch (RuntimeException exception) {
            listener.failed(exception);
        }
    }

    private void begin(Outgoing beginning) {
        OrderedProducer before = producer;
        if (before != null && !before.isBroken()) {
            return;
        }
        producer = null;
        try {
            producer = connect();
        } catch (RetriableException exception) {
            listener.silenced(beginning.incarnation(), String.valueOf(exception.getMessage()));
        }
    }

    private void send(Outgoing next, byte[] value) {
        OrderedProducer current = producer;
        if (current == null) {
            return;
        }
        if (clock.nanos() - next.queuedNanos() > mostQueuedNanos) {
            current.breakOff(
                    next.incarnation(), new TimeoutException("it had to wait for the producer"));
        } else {
            current.send(next.incarnation(), next.seq(), value);
        }
    }

    /** Stops sending; what has not been sent is given up. */
    @Override
    public void close() {
        thread.interrupt();
        OrderedProducer last = producer;
        if (last != null) {
            last.close();
        }
    }
}
