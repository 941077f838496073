package io.sluice.demo.apps;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes topics of the catalogue on a broker under test. */
final class Topics {

    private Topics() {}

    static void create(String bootstrapServers, Topic... topics) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            List<NewTopic> made =
                    List.of(topics).stream()
                            .map(
                                    topic ->
                                            new NewTopic(
                                                            topic.name(TopicPrefix.DEFAULT),
                                                            Optional.of(
                                                                    topic.storage().partitions()),
                                                            Optional.empty())
                                                    .configs(topic.storage().configs()))
                            .toList();
            admin.createTopics(made).all().get();
        }
    }
}
