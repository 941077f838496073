package io.sluice.apps.topics;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;

/** Compares the topics of a broker with the catalogue, and the broker with what the jobs need. */
public final class TopicCheck {

    /** The setting of a broker that bounds transactions. */
    static final String MAX_TRANSACTION = "transaction.max.timeout.ms";

    private static final String CLEANUP = "cleanup.policy";

    /**
     * What was found.
     *
     * @param differences what is not as it should be, one line each
     * @param unknown what could not be found out, one line each
     */
    public record Result(List<String> differences, List<String> unknown) {}

    private final KafkaAccess kafka;
    private final TopicSizes sizes;
    private final Duration transactionTimeout;
    private final List<String> differences = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * A check that has not begun.
     *
     * @param kafka the broker
     * @param sizes numbers of partitions that there should be
     * @param transactionTimeout how long a transaction of the scheduler job may stay open
     */
    public TopicCheck(KafkaAccess kafka, TopicSizes sizes, Duration transactionTimeout) {
        this.kafka = kafka;
        this.sizes = sizes;
        this.transactionTimeout = transactionTimeout;
    }

    /**
     * Checks everything.
     *
     * @throws CommandException if the broker does not answer
     */
    public Result run() {
        try (Admin admin = kafka.admin()) {
            List<String> names = Arrays.stream(Topic.values()).map(kafka::name).toList();
            Map<String, KafkaFuture<TopicDescription>> topics =
                    admin.describeTopics(names).topicNameValues();
            for (Topic topic : Topic.values()) {
                check(topic, KafkaAccess.answer(topics, kafka.name(topic)), admin);
            }
            checkBroker(admin);
            return new Result(List.copyOf(differences), List.copyOf(unknown));
        } catch (ExecutionException exception) {
            throw kafka.failure(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while checking topics", exception);
        }
    }

    private void check(Topic topic, KafkaFuture<TopicDescription> answer, Admin admin)
            throws ExecutionException, InterruptedException {
        try {
            int partitions = answer.get().partitions().size();
            if (partitions != sizes.of(topic)) {
                differs(
                        topic,
                        "has %d partitions, should have %d".formatted(partitions, sizes.of(topic)));
            }
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof UnknownTopicOrPartitionException) {
                differs(topic, "is missing; `sluice topics create` makes it");
                return;
            }
            throw exception;
        }
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, kafka.name(topic));
        Config actual = config(admin, resource);
        new TreeMap<>(topic.storage().configs())
                .forEach((key, wanted) -> compare(topic, key, wanted, value(actual, key)));
    }

    private void compare(Topic topic, String key, String wanted, String actual) {
        boolean same =
                key.equals(CLEANUP) ? parts(wanted).equals(parts(actual)) : wanted.equals(actual);
        if (!same) {
            differs(topic, "has %s %s, should have %s".formatted(key, actual, wanted));
        }
    }

    private static Set<String> parts(String list) {
        return Arrays.stream(list.split(",")).map(String::trim).collect(Collectors.toSet());
    }

    private void checkBroker(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> nodes = new TreeSet<>();
        for (Node node : admin.describeCluster().nodes().get()) {
            nodes.add(node.idString());
        }
        for (String node : nodes) {
            Optional<String> actual = maxTransaction(admin, node);
            if (actual.isEmpty()) {
                unknown.add("broker %s does not tell its %s".formatted(node, MAX_TRANSACTION));
            } else if (Long.parseLong(actual.get()) < transactionTimeout.toMillis()) {
                differences.add(
                        "broker %s has %s %s, should have at least %d, the transaction timeout of the scheduler job"
                                .formatted(
                                        node,
                                        MAX_TRANSACTION,
                                        actual.get(),
                                        transactionTimeout.toMillis()));
            }
        }
    }

    private static Optional<String> maxTransaction(Admin admin, String node)
            throws ExecutionException, InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, node);
        try {
            Config config = config(admin, resource);
            return Optional.ofNullable(config.get(MAX_TRANSACTION)).map(ConfigEntry::value);
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof AuthorizationException) {
                return Optional.empty();
            }
            throw exception;
        }
    }

    private static Config config(Admin admin, ConfigResource resource)
            throws ExecutionException, InterruptedException {
        return KafkaAccess.answer(admin.describeConfigs(List.of(resource)).values(), resource)
                .get();
    }

    private static String value(Config config, String key) {
        ConfigEntry entry = config.get(key);
        return entry == null || entry.value() == null ? "(none)" : entry.value();
    }

    private void differs(Topic topic, String what) {
        differences.add(kafka.name(topic) + " " + what);
    }
}
