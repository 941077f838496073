package io.sluice.jobs.io;

import io.sluice.jobs.KafkaOptions;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.SettingsException;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.util.List;
import java.util.Properties;
import java.util.concurrent.ExecutionException;

/**
 * Asks the broker, before a job is submitted, whether its topics are there. A job that runs without
 * them would only restart for ever.
 */
public final class TopicPresence {

    private static final int PATIENCE_MILLIS = 10_000;

    private static final String WHERE_TO_LOOK =
            "%s, %s* and docs/security.md"
                    .formatted(KafkaOptions.CLIENT_CONFIG.key(), KafkaOptions.CLIENT_PREFIX);

    private TopicPresence() {}

    /**
     * Returns if all of them are there.
     *
     * @throws SettingsException if the broker does not answer or a topic is missing; the message
     *     says what to do
     */
    public static void require(KafkaSettings kafka, List<Topic> topics) {
        try (Admin admin = admin(kafka)) {
            for (Topic topic : topics) {
                require(admin, topic.name(kafka.topicPrefix()), kafka.bootstrapServers());
            }
        } catch (KafkaException exception) {
            // Of the properties: addresses that are none, security settings that do not fit.
            Throwable cause = exception.getCause() == null ? exception : exception.getCause();
            throw failure("cannot use Kafka on %s: %s", kafka.bootstrapServers(), cause);
        }
    }

    private static Admin admin(KafkaSettings kafka) {
        Properties properties = properties(kafka);
        ClientProperties.requireResolvable(properties);
        return Admin.create(properties);
    }

    private static void require(Admin admin, String topic, String servers) {
        try {
            admin.describeTopics(List.of(topic)).allTopicNames().get();
        } catch (ExecutionException exception) {
            Throwable cause = exception.getCause();
            if (cause instanceof UnknownTopicOrPartitionException) {
                throw new SettingsException(
                        "topic %s does not exist on %s; `sluice topics create` makes it"
                                .formatted(topic, servers),
                        cause);
            }
            if (cause instanceof TimeoutException) {
                throw new SettingsException(
                        "no Kafka broker answers on %s; start one, or say where it is with --%s"
                                .formatted(servers, KafkaOptions.BOOTSTRAP_SERVERS.key()),
                        cause);
            }
            if (cause instanceof AuthenticationException) {
                throw failure(
                        "Kafka on %s does not let us in: %s; see " + WHERE_TO_LOOK, servers, cause);
            }
            if (cause instanceof AuthorizationException) {
                throw failure(
                        "Kafka on %s does not allow it: %s; `sluice topics acls` tells who needs what",
                        servers, cause);
            }
            throw failure("Kafka on %s: %s", servers, cause == null ? exception : cause);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new SettingsException(
                    "interrupted while asking %s for topic %s".formatted(servers, topic),
                    exception);
        }
    }

    private static SettingsException failure(String what, String servers, Throwable cause) {
        return new SettingsException(what.formatted(servers, cause.getMessage()), cause);
    }

    private static Properties properties(KafkaSettings kafka) {
        Properties properties = kafka.properties();
        properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS / 2);
        return properties;
    }
}
