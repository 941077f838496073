package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.InferenceRequest;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;

/**
 * The topics of one measurement, under a prefix of their own. Every one has append times, so that
 * all latencies are differences of the broker's clock.
 *
 * @param bootstrapServers brokers
 * @param prefix what the names begin with
 * @param partitions partitions of each topic
 */
record BenchTopics(String bootstrapServers, TopicPrefix prefix, int partitions) {

    static final String MODEL = "bench";

    private static final String COPIES = "copies";

    /** Where the job that does nothing writes. */
    String copies() {
        return prefix.value() + COPIES;
    }

    String requests() {
        return Topic.REQUESTS.name(prefix);
    }

    String outcomes() {
        return Topic.OUTCOMES.name(prefix);
    }

    String sla() {
        return Topic.SLA.name(prefix);
    }

    String dispatch() {
        return Topic.DISPATCH.name(prefix);
    }

    String workerEvents() {
        return Topic.WORKER_EVENTS.name(prefix);
    }

    /** Creates all of them. */
    void create() throws InterruptedException, ExecutionException {
        List<NewTopic> topics = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            topics.add(topic(topic.name(prefix)));
        }
        topics.add(topic(copies()));
        try (Admin admin =
                Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(topics).all().get();
        }
    }

    private NewTopic topic(String name) {
        return new NewTopic(name, partitions, (short) 1)
                .configs(Map.of("message.timestamp.type", "LogAppendTime"));
    }

    KafkaProducer<byte[], byte[]> producer() {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** A small chat request. */
    static byte[] request(AvroCodec<InferenceRequest> codec, String id) {
        return codec.encode(
                InferenceRequest.newBuilder()
                        .setRequestId(id)
                        .setFairnessId("bench")
                        .setCreated(Instant.now())
                        .setModel(MODEL)
                        .setInputTokens(200)
                        .setMaxTokens(100)
                        .build());
    }

    static byte[] key(String id) {
        return id.getBytes(StandardCharsets.UTF_8);
    }
}
