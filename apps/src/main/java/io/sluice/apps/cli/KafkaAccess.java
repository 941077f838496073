package io.sluice.apps.cli;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/**
 * A broker, the topics of one installation on it, and how to be let in.
 *
 * @param bootstrapServers where clients ask first
 * @param prefix what the names of the topics begin with
 * @param clientProperties what the user sets for every client
 */
public record KafkaAccess(
        String bootstrapServers, TopicPrefix prefix, Map<String, Object> clientProperties) {

    /** How long a command waits for the broker to answer at all. */
    private static final int PATIENCE_MILLIS = 10_000;

    private static final Map<String, Object> READING =
            Map.of(
                    "enable.auto.commit",
                    false,
                    "allow.auto.create.topics",
                    false,
                    "auto.offset.reset",
                    "earliest");

    /** Copies the properties. */
    public KafkaAccess {
        clientProperties = Map.copyOf(clientProperties);
    }

    /** Names the properties and not their values, among which are secrets. */
    @Override
    public String toString() {
        return "KafkaAccess[%s, %s, %s]"
                .formatted(bootstrapServers, prefix, new TreeSet<>(clientProperties.keySet()));
    }

    /** A broker that lets everybody in. */
    public static KafkaAccess plain(String bootstrapServers, TopicPrefix prefix) {
        return new KafkaAccess(bootstrapServers, prefix, Map.of());
    }

    /** Name of a topic in this installation. */
    public String name(Topic topic) {
        return topic.name(prefix);
    }

    /**
     * The properties of one client: its defaults, what the user sets, and over both what the
     * command cannot do without.
     */
    public Map<String, Object> properties(
            Map<String, Object> defaults, Map<String, Object> required) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(clientProperties);
        all.put("bootstrap.servers", bootstrapServers);
        all.putAll(required);
        return all;
    }

    /**
     * A consumer that creates nothing, remembers nothing unless it is given a group and commits,
     * and begins at the oldest record where it is not told where.
     *
     * @param defaults what the user may set otherwise
     * @param required what the command cannot do without, beside that
     * @throws RuntimeException if the properties make no client; {@link #failure} explains it
     */
    public KafkaConsumer<byte[], byte[]> reader(
            Map<String, Object> defaults, Map<String, Object> required) {
        Map<String, Object> all = new HashMap<>(READING);
        all.putAll(required);
        ByteArrayDeserializer bytes = new ByteArrayDeserializer();
        return new KafkaConsumer<>(properties(defaults, all), bytes, bytes);
    }

    /**
     * A producer that gives up soon, and whose records all replicas have, once.
     *
     * @throws CommandException if the properties make no client
     */
    public KafkaProducer<byte[], byte[]> writer() {
        Map<String, Object> patience =
                Map.of(
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        PATIENCE_MILLIS,
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS / 2,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS);
        Map<String, Object> once =
                Map.of(
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0);
        ByteArraySerializer bytes = new ByteArraySerializer();
        try {
            return new KafkaProducer<>(properties(patience, once), bytes, bytes);
        } catch (RuntimeException exception) {
            throw failure(exception);
        }
    }

    /**
     * A client for topics and settings that gives up soon.
     *
     * @throws CommandException if the properties make no client
     */
    public Admin admin() {
        Map<String, Object> patience =
                Map.of(
                        AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS,
                        AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        PATIENCE_MILLIS / 2);
        try {
            return Admin.create(properties(patience, Map.of()));
        } catch (RuntimeException exception) {
            throw failure(exception);
        }
    }

    /**
     * How many partitions topics have.
     *
     * @throws CommandException if the broker does not answer, or a topic is missing
     */
    public Map<Topic, Integer> partitions(Topic... topics) {
        try (Admin admin = admin()) {
            List<String> names = new ArrayList<>();
            for (Topic topic : topics) {
                names.add(name(topic));
            }
            Map<String, KafkaFuture<TopicDescription>> answers =
                    admin.describeTopics(names).topicNameValues();
            Map<Topic, Integer> partitions = new EnumMap<>(Topic.class);
            for (Topic topic : topics) {
                partitions.put(topic, partitions(topic, answers));
            }
            return partitions;
        }
    }

    private int partitions(Topic topic, Map<String, KafkaFuture<TopicDescription>> answers) {
        String name = name(topic);
        try {
            return answer(answers, name).get().partitions().size();
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof UnknownTopicOrPartitionException missing) {
                throw missingTopic(name, missing);
            }
            throw failure(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while asking for topic " + name, exception);
        }
    }

    /**
     * What an admin client answered about one of the things it was asked about.
     *
     * @throws IllegalStateException if it was not asked about it
     */
    public static <K, T> KafkaFuture<T> answer(Map<K, KafkaFuture<T>> answers, K asked) {
        KafkaFuture<T> answer = answers.get(asked);
        if (answer == null) {
            throw new IllegalStateException("the broker was not asked for " + asked);
        }
        return answer;
    }

    /** The failure that a topic is not there. */
    public CommandException missingTopic(String name, Throwable cause) {
        return new CommandException(
                "topic %s does not exist on %s; `sluice topics create` makes it"
                        .formatted(name, bootstrapServers),
                cause);
    }

    /** What a failure of a client means to the user. */
    public CommandException failure(Throwable exception) {
        return KafkaFailures.explain(exception, bootstrapServers);
    }
}
