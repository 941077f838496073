package io.sluice.demo.run;

import io.sluice.apps.cli.KafkaAccess;
import io.sluice.schemas.Topic;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** All topics of the catalogue, on a broker that has none of them. */
final class DemoTopics {

    private static final short ONE_BROKER = 1;

    private DemoTopics() {}

    /** Creates them and waits until they are there. */
    static void create(KafkaAccess kafka) {
        List<NewTopic> topics =
                Arrays.stream(Topic.values()).map(topic -> newTopic(topic, kafka)).toList();
        try (Admin admin = kafka.admin()) {
            admin.createTopics(topics).all().get();
        } catch (ExecutionException exception) {
            throw kafka.failure(exception);
        } catch (InterruptedException exception) {
            Thread.currentThread().interrupt();
            throw new DemoException("interrupted while the topics were created", exception);
        }
    }

    private static NewTopic newTopic(Topic topic, KafkaAccess kafka) {
        return new NewTopic(kafka.name(topic), topic.storage().partitions(), ONE_BROKER)
                .configs(topic.storage().configs());
    }
}
