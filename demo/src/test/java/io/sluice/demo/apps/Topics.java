package io.sluice.demo.apps;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes topics of the catalogue on a broker under test, and writes to them. */
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

    /** A record for a topic of the catalogue. */
    static ProducerRecord<byte[], byte[]> record(Topic topic, String key, byte[] value) {
        return new ProducerRecord<>(
                topic.name(TopicPrefix.DEFAULT), key.getBytes(StandardCharsets.UTF_8), value);
    }

    /** Writes them one after the other; the broker has them all when this returns. */
    static void publish(String bootstrapServers, List<ProducerRecord<byte[], byte[]>> records)
            throws Exception {
        ByteArraySerializer bytes = new ByteArraySerializer();
        // Idempotent producers may lose what they write to a topic that was just made.
        Map<String, Object> settings =
                Map.of("bootstrap.servers", bootstrapServers, "enable.idempotence", false);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(settings, bytes, bytes)) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                producer.send(record).get();
            }
        }
    }
}
