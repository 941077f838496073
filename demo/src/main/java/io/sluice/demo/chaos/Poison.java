package io.sluice.demo.chaos;

import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Records that nobody can read, in every partition of what the scheduler job reads, between good
 * ones. Each has to become a dead letter.
 */
record Poison(String brokers, int draw) implements Fault {

    /** What their keys begin with. */
    static final String KEY = "poison-";

    /** In each partition. */
    private static final int RECORDS = 3;

    private static final int MOST_BYTES = 200;

    private static final List<Topic> TOPICS =
            List.of(Topic.REQUESTS, Topic.CONTROL, Topic.WORKER_EVENTS, Topic.HANDBACKS);

    @Override
    public String target() {
        return "topics";
    }

    @Override
    public void inject() {
        Random random = new Random(draw);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, brokers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            for (Topic topic : TOPICS) {
                String name = topic.name(TopicPrefix.DEFAULT);
                int partitions = producer.partitionsFor(name).size();
                for (int number = 0; number < RECORDS * partitions; number++) {
                    producer.send(record(name, number % partitions, number, random));
                }
            }
        }
    }

    private ProducerRecord<byte[], byte[]> record(
            String topic, int partition, int number, Random random) {
        byte[] bytes = new byte[1 + random.nextInt(MOST_BYTES)];
        random.nextBytes(bytes);
        String key = KEY + draw + "-" + number;
        return new ProducerRecord<>(topic, partition, key.getBytes(StandardCharsets.UTF_8), bytes);
    }

    @Override
    public void heal() {
        // What was written stays.
    }
}
