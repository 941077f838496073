package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

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

    /**
     * Sends so many.
     *
     * @throws IllegalStateException if the broker did not take one of them
     */
    void send(int count) {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
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
                                topics.outcomes(), BenchTopics.key(id), codec.encode(outcome(id))),
                        (taken, refused) -> {
                            if (refused != null) {
                                failure.set(refused);
                            }
                        });
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the broker did not take an outcome", failure.get());
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
