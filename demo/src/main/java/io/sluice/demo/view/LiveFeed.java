package io.sluice.demo.view;

import io.sluice.demo.topic.CommittedRecords;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Keeps a {@link LiveState} up to date with the committed records of the topics, in a thread. */
public final class LiveFeed implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Map<String, Consumer<byte[]>> readers = new HashMap<>();
    private final Thread thread = new Thread(this::run, "live-feed");

    private LiveFeed(String bootstrapServers, TopicPrefix prefix, LiveState state) {
        read(Topic.REQUESTS, prefix, InferenceRequest.class, state::request);
        read(Topic.DISPATCH, prefix, DispatchCommand.class, state::command);
        read(Topic.WORKER_EVENTS, prefix, WorkerEvent.class, state::event);
        read(Topic.OUTCOMES, prefix, RequestOutcome.class, state::outcome);
        read(Topic.SLA, prefix, SlaWindow.class, state::window);
        consumer = CommittedRecords.consumer(bootstrapServers);
    }

    /**
     * Reads from the start of the topics, which must exist.
     *
     * @param state gets everything that is read
     */
    public static LiveFeed start(String bootstrapServers, TopicPrefix prefix, LiveState state) {
        LiveFeed feed = new LiveFeed(bootstrapServers, prefix, state);
        CommittedRecords.fromTheStart(feed.consumer, feed.readers.keySet());
        feed.thread.setDaemon(true);
        feed.thread.start();
        return feed;
    }

    private <T extends SpecificRecord> void read(
            Topic topic, TopicPrefix prefix, Class<T> type, Consumer<T> reader) {
        AvroCodec<T> codec = AvroCodec.of(type);
        readers.put(
                topic.name(prefix),
                bytes -> {
                    try {
                        reader.accept(codec.decode(bytes));
                    } catch (DecodeException unreadable) {
                        // A dead letter, which the report counts; there is nothing to show of it.
                    }
                });
    }

    private void run() {
        try (consumer) {
            while (!Thread.interrupted()) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        readers.get(record.topic()).accept(record.value());
                    }
                }
            }
        } catch (WakeupException | InterruptException closed) {
            // How the owner ends it.
        }
    }

    /** Stops reading. */
    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join(CLOSE_PATIENCE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
