package io.sluice.demo.sql;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A day of two tenants: one served well, one not. */
final class CraftedLog {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private CraftedLog() {}

    /** Creates all topics and fills those that the queries read. */
    static void write(String bootstrapServers) throws Exception {
        TrustedRecords.register();
        Map<String, Object> client = Map.of("bootstrap.servers", bootstrapServers);
        try (Admin admin = Admin.create(client)) {
            // One partition and times of our own, so that log time is what the test says.
            admin.createTopics(
                            Arrays.stream(Topic.values())
                                    .map(CraftedLog::name)
                                    .map(name -> new NewTopic(name, 1, (short) 1))
                                    .toList())
                    .all()
                    .get();
        }
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
            outcomes(producer);
            decisions(producer);
            windows(producer);
            producer.flush();
        }
    }

    private static void outcomes(KafkaProducer<byte[], byte[]> producer) {
        for (int i = 0; i < 4; i++) {
            RequestOutcome.Builder outcome =
                    RequestOutcome.newBuilder()
                            .setRequestId("r-" + i)
                            .setFairnessId(i < 3 ? "acme" : "slow & <co>")
                            .setAttempt(1)
                            .setModel("sim")
                            .setInstanceId("gpu-1")
                            .setSettledAt(START.plusSeconds(5L * i));
            if (i < 3) {
                outcome.setOutcome(Outcome.Completed)
                        .setInputTokens(1_000)
                        .setOutputTokens(500)
                        .setQueueWaitMs(10L * i)
                        .setTtftMs(100.0 * (i + 1))
                        .setTpotMs(20.0)
                        .setE2eMs(1_000.0 * (i + 1))
                        .setSloTtftMs(250.0)
                        .setSloMet(i < 2);
            } else {
                outcome.setOutcome(Outcome.EvictedTTL)
                        .setQueueWaitMs(14_000L)
                        .setSloTtftMs(250.0)
                        .setSloMet(false);
            }
            send(producer, Topic.OUTCOMES, RequestOutcome.class, outcome.build(), 5L * i);
        }
        RequestOutcome later =
                RequestOutcome.newBuilder()
                        .setRequestId("later")
                        .setFairnessId("acme")
                        .setAttempt(0)
                        .setOutcome(Outcome.RejectedInvalid)
                        .setSettledAt(START.plusSeconds(60))
                        .build();
        send(producer, Topic.OUTCOMES, RequestOutcome.class, later, 60);
    }

    private static void decisions(KafkaProducer<byte[], byte[]> producer) {
        send(producer, Topic.DECISIONS, Decision.class, decision(DecisionKind.DISPATCH, 7), 1);
        send(producer, Topic.DECISIONS, Decision.class, decision(DecisionKind.RELEASE, 0), 2);
    }

    private static Decision decision(DecisionKind kind, int position) {
        boolean dispatch = kind == DecisionKind.DISPATCH;
        return Decision.newBuilder()
                .setKind(kind)
                .setRequestId(dispatch ? "r-2" : "r-3")
                .setFairnessId(dispatch ? "acme" : "slow & <co>")
                .setAttempt(1)
                .setInstanceId("gpu-1")
                .setEpoch(1)
                .setSeq(1)
                .setDecidedAt(START)
                .setPolicy("fcfs")
                .setQueuePosition(dispatch ? position : null)
                .setReason(dispatch ? "first come" : "EXPIRED")
                .build();
    }

    private static void windows(KafkaProducer<byte[], byte[]> producer) {
        send(producer, Topic.SLA, SlaWindow.class, window(1, 1, false), 11);
        send(producer, Topic.SLA, SlaWindow.class, window(4, 3, true), 12);
    }

    private static SlaWindow window(int withTarget, int met, boolean complete) {
        LatencySummary latency =
                LatencySummary.newBuilder()
                        .setCount(withTarget)
                        .setMeanMs(1)
                        .setP50Ms(1)
                        .setP90Ms(1)
                        .setP95Ms(1)
                        .setP99Ms(300)
                        .setMaxMs(300)
                        .setRelativeError(0.01)
                        .setBucketIndexes(List.of())
                        .setBucketCounts(List.of())
                        .build();
        return SlaWindow.newBuilder()
                .setWindowStart(START)
                .setWindowEnd(START.plusSeconds(10))
                .setScope(SlaScope.ALL)
                .setScopeValue("all")
                .setComplete(complete)
                .setEmittedAt(START.plusSeconds(withTarget))
                .setQueueWait(latency)
                .setTtft(latency)
                .setTpot(latency)
                .setE2e(latency)
                .setSlo(
                        SloCounts.newBuilder()
                                .setJointWithTarget(withTarget)
                                .setJointMet(met)
                                .build())
                .build();
    }

    private static <A extends SpecificRecord> void send(
            KafkaProducer<byte[], byte[]> producer,
            Topic topic,
            Class<A> type,
            A record,
            long seconds) {
        long time = START.plusSeconds(seconds).toEpochMilli();
        byte[] value = AvroCodec.of(type).encode(record);
        producer.send(new ProducerRecord<>(name(topic), 0, time, null, value));
    }

    private static String name(Topic topic) {
        return topic.name(TopicPrefix.DEFAULT);
    }
}
