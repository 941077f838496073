package io.sluice.demo.apps;

import io.sluice.jobs.io.SlaKafka;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloScope;
import io.sluice.schemas.avro.SloStatus;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * The topics of the SLA job, with outcomes whose time the test sets: a hundred seconds of log pass
 * in a moment.
 */
final class OutcomeTopics implements AutoCloseable {

    private static final int PARTITIONS = 2;

    private final String bootstrapServers;
    private final KafkaProducer<byte[], byte[]> producer;

    OutcomeTopics(String bootstrapServers) throws Exception {
        TrustedRecords.register();
        this.bootstrapServers = bootstrapServers;
        Map<String, String> forEver = Map.of("retention.ms", "-1");
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(
                            SlaKafka.TOPICS.stream()
                                    .map(
                                            topic ->
                                                    new NewTopic(name(topic), PARTITIONS, (short) 1)
                                                            .configs(forEver))
                                    .toList())
                    .all()
                    .get();
        }
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Some request that ended, in one of many ways. */
    static RequestOutcome random(Random random, int number, Instant settledAt) {
        boolean completed = random.nextInt(10) > 0;
        long wait = random.nextInt(2_000);
        double ttft = wait + 500 * random.nextDouble();
        int tokens = random.nextInt(400);
        return RequestOutcome.newBuilder()
                .setRequestId("r" + number)
                .setFairnessId("t" + random.nextInt(60))
                .setAttempt(1)
                .setInstanceId(completed ? "gpu-" + random.nextInt(4) : null)
                .setModel("sim")
                .setPriority(random.nextInt(3))
                .setOutcome(completed ? Outcome.Completed : Outcome.EvictedTTL)
                .setSettledAt(settledAt)
                .setQueueWaitMs(wait)
                // A worker with a broken clock says so now and then.
                .setTtftMs(completed ? random.nextInt(500) == 0 ? -1.0 : ttft : null)
                .setTpotMs(tokens < 2 ? null : 50 * random.nextDouble())
                .setE2eMs(completed ? ttft + 50 * tokens : null)
                .setInputTokens(random.nextInt(3_000))
                .setOutputTokens(tokens)
                .setSloTtftMs(random.nextBoolean() ? 1_000.0 : null)
                .setSloTpotMs(random.nextBoolean() ? 30.0 : null)
                .build();
    }

    void outcome(RequestOutcome outcome, Instant at) throws Exception {
        byte[] key = outcome.getRequestId().getBytes(StandardCharsets.UTF_8);
        int partition = Math.floorMod(outcome.getRequestId().hashCode(), PARTITIONS);
        send(
                Topic.OUTCOMES,
                partition,
                at,
                key,
                AvroCodec.of(RequestOutcome.class).encode(outcome));
    }

    /** Something ends in every partition. */
    void moveLogTime(Instant to) throws Exception {
        for (int partition = 0; partition < PARTITIONS; partition++) {
            RequestOutcome outcome =
                    random(new Random(partition), (int) -to.getEpochSecond() - partition, to);
            byte[] value = AvroCodec.of(RequestOutcome.class).encode(outcome);
            send(Topic.OUTCOMES, partition, to, null, value).get();
        }
    }

    /** The newest value of the first window of everything of a length. */
    SlaWindow newestWindow(long lengthMillis) throws Exception {
        SlaWindow newest = null;
        for (ConsumerRecord<byte[], byte[]> record : records(Topic.SLA)) {
            SlaWindow window = AvroCodec.of(SlaWindow.class).decode(record.value());
            boolean fits =
                    window.getScope() == SlaScope.ALL
                            && Duration.between(window.getWindowStart(), window.getWindowEnd())
                                            .toMillis()
                                    == lengthMillis;
            if (fits
                    && (newest == null
                            || !window.getWindowStart().isAfter(newest.getWindowStart()))) {
                newest = window;
            }
        }
        return newest;
    }

    void window(SlaWindow window) throws Exception {
        String key = window.getWindowStart() + "/" + window.getScope();
        // All versions of a window are in the partition of the job's.
        send(
                        Topic.SLA,
                        partitionOf(window),
                        Instant.now(),
                        key.getBytes(StandardCharsets.UTF_8),
                        AvroCodec.of(SlaWindow.class).encode(window))
                .get();
    }

    /** The newest status of the whole of an objective until a time, and where it lies. */
    ConsumerRecord<byte[], byte[]> newestStatus(String objective, Instant until) throws Exception {
        ConsumerRecord<byte[], byte[]> newest = null;
        for (ConsumerRecord<byte[], byte[]> record : records(Topic.SLO)) {
            SloStatus status = AvroCodec.of(SloStatus.class).decode(record.value());
            if (status.getObjective().getId().equals(objective)
                    && status.getScope() == SloScope.ALL
                    && status.getEvaluatedAt().isBefore(until)) {
                newest = record;
            }
        }
        return newest;
    }

    /** A status in place of another. */
    void status(ConsumerRecord<byte[], byte[]> other, SloStatus status) throws Exception {
        byte[] value = AvroCodec.of(SloStatus.class).encode(status);
        send(Topic.SLO, other.partition(), Instant.now(), other.key(), value).get();
    }

    private int partitionOf(SlaWindow window) throws Exception {
        int partition = 0;
        for (ConsumerRecord<byte[], byte[]> record : records(Topic.SLA)) {
            SlaWindow other = AvroCodec.of(SlaWindow.class).decode(record.value());
            if (other.getWindowStart().equals(window.getWindowStart())
                    && other.getWindowEnd().equals(window.getWindowEnd())
                    && other.getScope() == window.getScope()
                    && other.getScopeValue().equals(window.getScopeValue())) {
                partition = record.partition();
            }
        }
        return partition;
    }

    private Iterable<ConsumerRecord<byte[], byte[]>> records(Topic topic) {
        List<TopicPartition> partitions =
                IntStream.range(0, PARTITIONS)
                        .mapToObj(i -> new TopicPartition(name(topic), i))
                        .toList();
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", bootstrapServers),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }

    private Future<?> send(Topic topic, int partition, Instant at, byte[] key, byte[] value) {
        return producer.send(
                new ProducerRecord<>(name(topic), partition, at.toEpochMilli(), key, value));
    }

    private static String name(Topic topic) {
        return topic.name(TopicPrefix.DEFAULT);
    }

    @Override
    public void close() {
        producer.close();
    }
}
