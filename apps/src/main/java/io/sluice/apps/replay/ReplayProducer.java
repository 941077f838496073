package io.sluice.apps.replay;

import io.sluice.schemas.Topic;

import org.apache.kafka.clients.producer.ProducerConfig;

import java.util.Map;

/**
 * The Kafka client of a replay: it never gives up on a record that can still be delivered, never
 * delivers one twice, and never makes the schedule wait for acknowledgements.
 */
public final class ReplayProducer {

    /** Records that wait for the broker, in bytes; a replay that fills it falls behind. */
    static final long BUFFER_BYTES = 64L << 20;

    private static final int BATCH_BYTES = 64 << 10;
    private static final int GIVE_UP_MILLIS = 120_000;

    private ReplayProducer() {}

    /**
     * What a user may change. No linger: what is due goes at once, and what is overdue goes
     * together because it waits for the requests before it.
     */
    public static Map<String, Object> defaults() {
        return Map.of(
                ProducerConfig.CLIENT_ID_CONFIG, "sluice-replay",
                ProducerConfig.LINGER_MS_CONFIG, 0,
                ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES,
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_MILLIS);
    }

    /** What a replay relies on. */
    public static Map<String, Object> required() {
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
}
