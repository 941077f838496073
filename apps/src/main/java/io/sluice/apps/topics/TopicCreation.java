package io.sluice.apps.topics;

import io.sluice.apps.cli.CommandException;
import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.TopicExistsException;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/** Makes the topics of the catalogue that are not there; never changes one that is. */
public final class TopicCreation {

    private final KafkaAccess kafka;
    private final TopicSizes sizes;
    private final Optional<Short> replicas;

    /**
     * A creation that has not begun.
     *
     * @param kafka the broker
     * @param sizes numbers of partitions
     * @param replicas copies of each partition; empty for the broker's default
     */
    public TopicCreation(KafkaAccess kafka, TopicSizes sizes, Optional<Short> replicas) {
        this.kafka = kafka;
        this.sizes = sizes;
        this.replicas = replicas;
    }

    /**
     * Makes what is missing.
     *
     * @return the topics made; the others were there
     * @throws CommandException if the broker does not answer, or refuses one
     */
    public Set<Topic> run() {
        try (Admin admin = kafka.admin()) {
            List<NewTopic> wanted = new ArrayList<>();
            for (Topic topic : Topic.values()) {
                wanted.add(
                        new NewTopic(kafka.name(topic), Optional.of(sizes.of(topic)), replicas)
                                .configs(topic.storage().configs()));
            }
            Map<String, KafkaFuture<Void>> answers = admin.createTopics(wanted).values();
            Set<Topic> made = EnumSet.noneOf(Topic.class);
            for (Topic topic : Topic.values()) {
                if (isMade(KafkaAccess.answer(answers, kafka.name(topic)))) {
                    made.add(topic);
                }
            }
            return made;
        }
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
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted while creating topics", exception);
        }
    }
}
