package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Instant;
import java.util.Map;
import java.util.Random;

/**
 * Outcomes of completed requests of many tenants and instances, as fast as the broker takes them.
 */
final class OutcomeLoad {

    private final BenchTopics topics;
    private final int tenants;
    private final int instances;
    private final Random random = new Random(17);
    private final AvroCodec<RequestOutcome> codec = AvroCodec.of(RequestOutcome.class);

    OutcomeLoad(BenchTopics topics, int tenants, int instances) {
        this.topics = topics;
        this.tenants = tenants;
        this.instances = instances;
    }

    void send(int count) {
        Map<String, Object> config =
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        topics.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        5,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        256 * 1024);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                String id = "request-" + i;
                producer.send(
                        new ProducerRecord<>(
                                topics.outcomes(), BenchTopics.key(id), codec.encode(outcome(id))));
            }
        }
    }

    private RequestOutcome outcome(String id) {
        long wait = random.nextInt(2_000);
        double ttft = wait + 400 * random.nextDouble();
        double tpot = 10 + 30 * random.nextDouble();
        int tokens = 50 + random.nextInt(400);
        return RequestOutcome.newBuilder()
                .setRequestId(id)
                .setFairnessId("tenant-" + random.nextInt(tenants))
                .setAttempt(1)
                .setInstanceId("gpu-" + random.nextInt(instances))
                .setModel(BenchTopics.MODEL)
                .setPriority(random.nextInt(5))
                .setOutcome(Outcome.Completed)
                .setSettledAt(Instant.now())
                .setQueueWaitMs(wait)
                .setTtftMs(ttft)
                .setTpotMs(tpot)
                .setE2eMs(ttft + tpot * (tokens - 1))
                .setInputTokens(200)
                .setOutputTokens(tokens)
                .setSloTtftMs(1_000.0)
                .setSloTpotMs(30.0)
                .build();
    }
}
