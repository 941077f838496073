package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Outcomes of completed requests of many tenants and instances, and what workers report of each
 * (accepted, first token, completed), as fast as the broker takes them. A heartbeat comes for every
 * hundred reports, more than any fleet sends.
 */
final class OutcomeLoad {

    private static final List<WorkerEventType> COURSE =
            List.of(
                    WorkerEventType.ACCEPTED,
                    WorkerEventType.FIRST_TOKEN,
                    WorkerEventType.COMPLETED);

    private static final int REPORTS_FOR_A_HEARTBEAT = 100;

    private final BenchTopics topics;
    private final int tenants;
    private final int instances;
    private final Random random = new Random(17);
    private final AvroCodec<RequestOutcome> codec = AvroCodec.of(RequestOutcome.class);
    private final AvroCodec<WorkerEvent> eventCodec = AvroCodec.of(WorkerEvent.class);
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private long events;

    OutcomeLoad(BenchTopics topics, int tenants, int instances) {
        this.topics = topics;
        this.tenants = tenants;
        this.instances = instances;
    }

    /**
     * Sends so many outcomes.
     *
     * @param withEvents whether the reports of workers go with them
     * @throws IllegalStateException if the broker did not take a record
     */
    void send(int count, boolean withEvents) {
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
                RequestOutcome outcome = outcome("request-" + i);
                send(producer, topics.outcomes(), outcome.getRequestId(), codec.encode(outcome));
                if (withEvents) {
                    report(producer, outcome);
                }
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the broker did not take a record", failure.get());
        }
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer, String topic, String key, byte[] value) {
        producer.send(
                new ProducerRecord<>(topic, BenchTopics.key(key), value),
                (taken, refused) -> {
                    if (refused != null) {
                        failure.set(refused);
                    }
                });
    }

    private void report(KafkaProducer<byte[], byte[]> producer, RequestOutcome outcome) {
        for (WorkerEventType type : COURSE) {
            report(producer, event(type, outcome));
            if (events % REPORTS_FOR_A_HEARTBEAT == 0) {
                report(producer, heartbeat(outcome.getInstanceId()));
            }
        }
    }

    private void report(KafkaProducer<byte[], byte[]> producer, WorkerEvent event) {
        events++;
        send(producer, topics.workerEvents(), event.getInstanceId(), eventCodec.encode(event));
    }

    /** Worker events sent so far. */
    long events() {
        return events;
    }

    private WorkerEvent event(WorkerEventType type, RequestOutcome outcome) {
        return of(type, outcome.getInstanceId())
                .setRequestId(outcome.getRequestId())
                .setFairnessId(outcome.getFairnessId())
                .setAttempt(1)
                .setCommandEpoch(1L)
                .setModel(outcome.getModel())
                .setPriority(outcome.getPriority())
                .setSubmittedAt(outcome.getSettledAt())
                .setQueueWaitMs(outcome.getQueueWaitMs())
                .setTtftMs(outcome.getTtftMs())
                .setTpotMs(outcome.getTpotMs())
                .setE2eMs(outcome.getE2eMs())
                .setInputTokens(outcome.getInputTokens())
                .setOutputTokens(outcome.getOutputTokens())
                .setDecidedAt(outcome.getSettledAt())
                .setDispatchOverheadMs(4.0)
                .build();
    }

    private WorkerEvent heartbeat(String instance) {
        return of(WorkerEventType.HEARTBEAT, instance)
                .setCapacity(
                        InstanceCapacity.newBuilder()
                                .setModels(List.of(BenchTopics.MODEL))
                                .setMaxSequences(16)
                                .setKvTokens(100_000)
                                .setMaxContextTokens(4_096)
                                .setDispatchPartition(0)
                                .setEventsPartition(0)
                                .setPrefillMsPerToken(0.2)
                                .setDecodeMsPerToken(15)
                                .build())
                .setRunning(8)
                .setWaiting(2)
                .setFreeKvTokens(50_000L)
                .build();
    }

    private static WorkerEvent.Builder of(WorkerEventType type, String instance) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId(instance)
                .setIncarnation(1)
                .setSeq(1)
                .setEpoch(1)
                .setAt(Instant.now())
                .setAccepted(List.of());
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
