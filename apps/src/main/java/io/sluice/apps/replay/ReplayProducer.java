package io.sluice.apps.replay;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Duration;
import java.util.Map;

/**
 * The Kafka client of a replay, connected: it never gives up on a record that can still be
 * delivered within two minutes, never delivers one twice, and lets no schedule wait for
 * acknowledgements.
 */
public final class ReplayProducer implements AutoCloseable {

    /** Records that wait for the broker, in bytes; a replay that fills it falls behind. */
    static final long BUFFER_BYTES = 64L << 20;

    private static final Topic[] TOPICS = {Topic.REQUESTS, Topic.PAYLOADS, Topic.CONTROL};
    private static final int BATCH_BYTES = 64 << 10;
    private static final int GIVE_UP_MILLIS = 120_000;
    private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(1);

    private final Producer<byte[], byte[]> producer;

    private ReplayProducer(Producer<byte[], byte[]> producer) {
        this.producer = producer;
    }

    /**
     * Connects, and learns where the topics lie, so that the first request is not late.
     *
     * @throws CommandException if the broker does not answer or a topic is missing
     */
    public static ReplayProducer open(KafkaAccess access) {
        access.partitions(TOPICS);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try {
            Producer<byte[], byte[]> producer =
                    new KafkaProducer<>(access.properties(defaults(), required()), bytes, bytes);
            for (Topic topic : TOPICS) {
                producer.partitionsFor(access.name(topic));
            }
            return new ReplayProducer(producer);
        } catch (RuntimeException e) {
            throw access.failure(e);
        }
    }

    /**
     * What a user may change. No linger: what is due goes at once, and what is overdue goes
     * together because it waits for the requests before it.
     */
    private static Map<String, Object> defaults() {
        return Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "sluice-replay",
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
    }

    /** What a replay relies on. */
    private static Map<String, Object> required() {
        return Map.of(
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                true,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                BUFFER_BYTES,
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                Topic.PAYLOADS.storage().maxMessageBytes());
    }

    /** The client, for one replay after the other. */
    public Producer<byte[], byte[]> producer() {
        return producer;
    }

    /**
     * Closes the client. A replay that has ended leaves nothing that would be worth waiting for.
     */
    @Override
    public void close() {
        producer.close(CLOSE_PATIENCE);
    }
}
