package io.sluice.apps.worker;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.DispatchCommand;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads a partition of the dispatch topic in a thread of its own, and passes on what is meant for
 * one instance.
 */
final class CommandReader implements AutoCloseable {

    /** Receives what was read, in the thread of the reader. */
    interface Listener {
        /** Commands for the instance, in the order of the partition. */
        void read(List<Receipt> commands);

        /** A record is no command. */
        void unreadable(String where, DecodeException reason);

        /** Nothing more can be read. */
        void failed(RuntimeException reason);
    }

    private static final Duration POLL = Duration.ofSeconds(1);

    private final String instanceId;
    private final WorkerClock clock;
    private final Listener listener;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<DispatchCommand> codec = AvroCodec.of(DispatchCommand.class);
    private final Thread thread;
    private volatile boolean closed;

    private CommandReader(
            String instanceId,
            WorkerClock clock,
            Listener listener,
            KafkaConsumer<byte[], byte[]> consumer) {
        this.instanceId = instanceId;
        this.clock = clock;
        this.listener = listener;
        this.consumer = consumer;
        this.thread = new Thread(this::run, "commands-" + instanceId);
        thread.setDaemon(true);
    }

    /**
     * A reader that stands at the end of the partition, as it is when this returns: a worker that
     * registers afterwards misses nothing that is sent to it. It does not read before {@link
     * #start}.
     */
    static CommandReader atEnd(
            KafkaAccess kafka,
            WorkerSpec worker,
            int partition,
            WorkerClock clock,
            Listener listener) {
        TopicPartition dispatch = new TopicPartition(kafka.name(Topic.DISPATCH), partition);
        KafkaConsumer<byte[], byte[]> consumer = consumer(kafka, worker.instanceId());
        try {
            consumer.assign(List.of(dispatch));
            consumer.seekToEnd(List.of(dispatch));
            // Seeking is lazy; asking for the position is what fixes it.
            consumer.position(dispatch);
        } catch (RuntimeException exception) {
            consumer.close();
            throw kafka.failure(exception);
        }
        return new CommandReader(worker.instanceId(), clock, listener, consumer);
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaAccess kafka, String instanceId) {
        try {
            // It begins at the oldest command only where the position is gone, after a long outage.
            // What is repeated then is meant for an earlier incarnation, or known.
            return kafka.reader(Map.of(), Map.of("client.id", "sluice-worker-" + instanceId));
        } catch (RuntimeException exception) {
            throw kafka.failure(exception);
        }
    }

    void start() {
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                List<Receipt> commands = new ArrayList<>();
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    read(record, commands);
                }
                if (!commands.isEmpty()) {
                    listener.read(commands);
                }
            }
        } catch (WakeupException exception) {
            // Closed.
        } catch (RuntimeException exception) {
            listener.failed(exception);
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> record, List<Receipt> commands) {
        try {
            byte[] value = record.value() == null ? new byte[0] : record.value();
            DispatchCommand command = codec.decode(value);
            if (command.getInstanceId().equals(instanceId)) {
                commands.add(new Receipt(command, clock.brokerMillis(), clock.nanos()));
            }
        } catch (DecodeException exception) {
            String where =
                    "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset());
            listener.unreadable(where, exception);
        }
    }

    /** Stops reading. */
    @Override
    public void close() {
        closed = true;
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
        } else {
            consumer.wakeup();
        }
    }
}
