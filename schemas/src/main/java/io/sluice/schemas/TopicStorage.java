package io.sluice.schemas;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How the broker keeps a topic.
 *
 * @param partitions number of partitions unless another is configured
 * @param cleanup what happens to old records
 * @param timestampType whose clock stamps a record
 * @param retention how long records are kept at least; empty: for ever
 * @param maxMessageBytes largest record the broker takes, in bytes
 */
public record TopicStorage(
        int partitions,
        Cleanup cleanup,
        TimestampType timestampType,
        Optional<Duration> retention,
        int maxMessageBytes) {
    /** Kafka's own default. */
    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1_048_588;

    /** What happens to old records. */
    public enum Cleanup {
        /** Deleted after the retention. */
        DELETE("delete"),
        /** All but the newest of a key are deleted. */
        COMPACT("compact"),
        /** Both: keys that hold a time would else pile up for ever. */
        COMPACT_DELETE("compact,delete");

        private final String configValue;

        Cleanup(String configValue) {
            this.configValue = configValue;
        }

        /** Value of Kafka's {@code cleanup.policy}. */
        public String configValue() {
            return configValue;
        }
    }

    /** Whose clock stamps a record. */
    public enum TimestampType {
        /** The producer's. */
        CREATE_TIME("CreateTime"),
        /** The broker's: time that no client can bend. */
        LOG_APPEND_TIME("LogAppendTime");

        private final String configValue;

        TimestampType(String configValue) {
            this.configValue = configValue;
        }

        /** Value of Kafka's {@code message.timestamp.type}. */
        public String configValue() {
            return configValue;
        }
    }

    static TopicStorage delete(int partitions, int retentionDays) {
        return new TopicStorage(
                partitions,
                Cleanup.DELETE,
                TimestampType.CREATE_TIME,
                Optional.of(Duration.ofDays(retentionDays)),
                DEFAULT_MAX_MESSAGE_BYTES);
    }

    static TopicStorage forever(int partitions, Cleanup cleanup) {
        return new TopicStorage(
                partitions,
                cleanup,
                TimestampType.CREATE_TIME,
                Optional.empty(),
                DEFAULT_MAX_MESSAGE_BYTES);
    }

    TopicStorage with(TimestampType type) {
        return new TopicStorage(partitions, cleanup, type, retention, maxMessageBytes);
    }

    TopicStorage with(Cleanup other) {
        return new TopicStorage(partitions, other, timestampType, retention, maxMessageBytes);
    }

    TopicStorage withMaxMessageBytes(int bytes) {
        return new TopicStorage(partitions, cleanup, timestampType, retention, bytes);
    }

    /** The settings of the topic by their names in Kafka, for creating and for checking it. */
    public Map<String, String> configs() {
        long retentionMillis = retention.map(Duration::toMillis).orElse(-1L);
        return Map.of(
                "cleanup.policy", cleanup.configValue(),
                "message.timestamp.type", timestampType.configValue(),
                "retention.ms", Long.toString(retentionMillis),
                "max.message.bytes", Integer.toString(maxMessageBytes));
    }
}
