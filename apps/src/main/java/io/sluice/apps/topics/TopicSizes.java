package io.sluice.apps.topics;

import io.sluice.schemas.Topic;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many partitions each topic has or is to have: the catalogue's number unless said so. */
public final class TopicSizes {

    private final Map<Topic, Integer> chosen;

    private TopicSizes(Map<Topic, Integer> chosen) {
        this.chosen = chosen;
    }

    /** The numbers of the catalogue. */
    public static TopicSizes ofCatalogue() {
        return new TopicSizes(new EnumMap<>(Topic.class));
    }

    /**
     * Other numbers for some topics.
     *
     * @param partitions number of partitions by the name of a topic, without its prefix
     * @throws IllegalArgumentException if there is no such topic, or it cannot have so many
     */
    public static TopicSizes of(Map<String, Integer> partitions) {
        Map<Topic, Integer> chosen = new EnumMap<>(Topic.class);
        partitions.forEach((name, count) -> chosen.put(named(name), checked(named(name), count)));
        return new TopicSizes(chosen);
    }

    private static Topic named(String suffix) {
        return Stream.of(Topic.values())
                .filter(topic -> topic.suffix().equals(suffix))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "there is no topic '%s'; choose one of %s"
                                                .formatted(suffix, suffixes())));
    }

    private static String suffixes() {
        return Stream.of(Topic.values()).map(Topic::suffix).collect(Collectors.joining(", "));
    }

    private static int checked(Topic topic, int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException(
                    "topic '%s' needs at least 1 partition, got %d"
                            .formatted(topic.suffix(), partitions));
        }
        if (topic.storage().partitions() == 1 && partitions > 1) {
            throw new IllegalArgumentException(
                    "topic '%s' has 1 partition, because its records have one order; got %d"
                            .formatted(topic.suffix(), partitions));
        }
        return partitions;
    }

    /** Number of partitions of a topic. */
    public int of(Topic topic) {
        return chosen.getOrDefault(topic, topic.storage().partitions());
    }
}
