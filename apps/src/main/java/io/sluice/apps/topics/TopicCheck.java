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
     * @param weak topics that are not safe enough for production, where that is not asked for
     * @param unknown what could not be found out, one line each
     */
    public record Result(List<String> differences, List<String> weak, List<String> unknown) {}

    /** Topics of the broker itself, without which transactions and positions are lost. */
    private static final List<String> BROKERS_OWN =
            List.of("__transaction_state", "__consumer_offsets");

    private final KafkaAccess kafka;
    private final TopicSizes sizes;
    private final Duration transactionTimeout;
    private final boolean production;
    private final List<String> differences = new ArrayList<>();
    private final List<String> weak = new ArrayList<>();
    private final List<String> unknown = new ArrayList<>();

    /**
     * A check that has not begun.
     *
     * @param kafka the broker
     * @param sizes numbers of partitions that there should be
     * @param transactionTimeout how long a transaction of the scheduler job may stay open
     * @param production whether a topic that is not safe enough for production is a difference
     */
    public TopicCheck(
            KafkaAccess kafka, TopicSizes sizes, Duration transactionTimeout, boolean production) {
        this.production = production;
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
            for (String name : BROKERS_OWN) {
                checkOwn(name, admin);
            }
            checkBroker(admin);
            return new Result(List.copyOf(differences), List.copyOf(weak), List.copyOf(unknown));
        } catch (ExecutionException exception) {
            throw kafka.failure(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while checking topics", exception);
        }
    }

    private void check(Topic topic, KafkaFuture<TopicDescription> answer, Admin admin)
            throws ExecutionException, InterruptedException {
        TopicDescription description;
        try {
            description = answer.get();
            int partitions = description.partitions().size();
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
        judge(kafka.name(topic), durability(description, actual));
    }

    /** The broker makes them when they are first needed. */
    private void checkOwn(String name, Admin admin)
            throws ExecutionException, InterruptedException {
        try {
            TopicDescription description =
                    KafkaAccess.answer(admin.describeTopics(List.of(name)).topicNameValues(), name)
                            .get();
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, name);
            judge(name, durability(description, config(admin, resource)));
        } catch (ExecutionException exception) {
            Throwable cause = exception.getCause();
            if (cause instanceof AuthorizationException) {
                unknown.add("the broker does not tell how it keeps " + name);
            } else if (!(cause instanceof UnknownTopicOrPartitionException)) {
                throw exception;
            }
        }
    }

    private static Durability durability(TopicDescription description, Config config) {
        int copies =
                description.partitions().stream()
                        .mapToInt(partition -> partition.replicas().size())
                        .min()
                        .orElse(0);
        return new Durability(
                copies,
                Integer.parseInt(value(config, Durability.MIN_IN_SYNC)),
                Boolean.parseBoolean(value(config, Durability.UNCLEAN)));
    }

    private void judge(String name, Durability durability) {
        List<String> less = durability.weakerThan(Durability.PRODUCTION);
        if (production) {
            less.forEach(what -> differences.add(name + " " + what));
        } else if (!less.isEmpty()) {
            weak.add(name);
        }
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
