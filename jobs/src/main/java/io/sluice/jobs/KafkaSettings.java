package io.sluice.jobs;

import io.sluice.jobs.io.ClientProperties;
import io.sluice.schemas.TopicPrefix;

import java.util.Map;
import java.util.Properties;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers brokers to connect to first
 * @param topicPrefix what all topic names begin with
 * @param clientProperties given to every Kafka client as they are; references instead of secrets
 */
public record KafkaSettings(
        String bootstrapServers, TopicPrefix topicPrefix, Map<String, String> clientProperties) {

    /**
     * Reads the options of {@link KafkaOptions}.
     *
     * @throws SettingsException if one is missing or cannot be
     */
    public static KafkaSettings from(SettingsReader reader) {
        return new KafkaSettings(
                reader.get(KafkaOptions.BOOTSTRAP_SERVERS),
                prefix(reader.get(KafkaOptions.TOPIC_PREFIX)),
                ClientProperties.of(
                        reader.below(KafkaOptions.CLIENT_PREFIX),
                        reader.get(KafkaOptions.CLIENT_CONFIG)));
    }

    /** The client properties in the form that Kafka takes. */
    public Properties properties() {
        Properties properties = new Properties();
        properties.putAll(clientProperties);
        return properties;
    }

    private static TopicPrefix prefix(String value) {
        try {
            return new TopicPrefix(value);
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s: %s".formatted(KafkaOptions.TOPIC_PREFIX.key(), e.getMessage()), e);
        }
    }
}
