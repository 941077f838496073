package io.sluice.apps.topics;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/** Makes the topics of the catalogue that are not there; never changes one that is. */
public final class TopicCreation {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final long PAUSE_MILLIS = 20;

    private final KafkaAccess kafka;
    private final TopicSizes sizes;
    private final Optional<Short> replicas;
    private final Map<String, String> more;

    /**
     * A creation that has not begun.
     *
     * @param kafka the broker
     * @param sizes numbers of partitions
     * @param replicas copies of each partition; empty for the broker's default
     * @param more settings beside those of the catalogue
     */
    public TopicCreation(
            KafkaAccess kafka,
            TopicSizes sizes,
            Optional<Short> replicas,
            Map<String, String> more) {
        this.more = Map.copyOf(more);
        this.kafka = kafka;
        this.sizes = sizes;
        this.replicas = replicas;
    }

    /**
     * Makes what is missing, and waits until the broker that answers knows it: the controller has a
     * topic before the others do.
     *
     * @return the topics made; the others were there
     * @throws CommandException if the broker does not answer, or refuses one
     */
    public Set<Topic> run() {
        try (Admin admin = kafka.admin()) {
            List<NewTopic> wanted = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                Map<String, String> configs = new HashMap<>(more);
                configs.putAll(topic.storage().configs());
                wanted.add(
                        new NewTopic(kafka.name(topic), Optional.of(sizes.of(topic)), replicas)
                                .configs(configs));
            }
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
            Set<Topic> made = EnumSet.noneOf(Topic.class);
            for (Topic topic : Topic.values()) {
                if (isMade(KafkaAccess.answer(answers, kafka.name(topic)))) {
                    made.add(topic);
                }
            }
            awaitKnown(admin, made);
            return made;
        }
    }

    private void awaitKnown(Admin admin, Set<Topic> made) {
        List<String> names = made.stream().map(kafka::name).toList();
        long until = System.nanoTime() + PATIENCE.toNanos();
        while (!isKnown(admin, names)) {
            if (System.nanoTime() > until) {
                throw new CommandException(
                        "the topics are made, but %s does not know all of them after %d s; `sluice topics check` says when"
                                .formatted(kafka.bootstrapServers(), PATIENCE.toSeconds()));
            }
            pause();
        }
    }

    private boolean isKnown(Admin admin, List<String> names) {
        try {
            admin.describeTopics(names).allTopicNames().get();
            return true;
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw kafka.failure(exception);
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }

    private static CommandException interrupted(InterruptedException exception) {
        Thread.currentThread().interrupt();
        return new CommandException("interrupted while creating topics", exception);
    }

    private boolean isMade(KafkaFuture<Void> answer) {
        try {
            answer.get();
            return true;
        } catch (ExecutionException exception) {
            if (exception.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw kafka.failure(exception);
        } catch (InterruptedException exception) {
            throw interrupted(exception);
        }
    }
}
