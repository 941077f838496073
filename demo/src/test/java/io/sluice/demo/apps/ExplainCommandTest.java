package io.sluice.demo.apps;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import static org.assertj.core.api.Assertions.assertThat;

/** Finds what tells of a request among what tells of others. */
class ExplainCommandTest {

    private static final String HOSTILE = "\u001b]0;owned\u0007<b>%s";

    private static final Queue<Exception> FAILURES = new ConcurrentLinkedQueue<>();

    private static EmbeddedBroker broker;
    private static KafkaProducer<String, byte[]> producer;

    @BeforeAll
    static void writeRecords() throws Exception {
        TrustedRecords.register();
        broker = EmbeddedBroker.temporary();
        Topics.create(
                broker.bootstrapServers(),
                Topic.REQUESTS,
                Topic.CONTROL,
                Topic.DISPATCH,
                Topic.WORKER_EVENTS,
                Topic.HANDBACKS,
                Topic.OUTCOMES,
                Topic.DECISIONS);
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.bootstrapServers(),
                                // Partitions this new refuse the first batches, and a numbered
                                // batch does not always find its way back.
                                "enable.idempotence",
                                false),
                        new StringSerializer(),
                        new ByteArraySerializer());
        for (int i = 0; i < 100; i++) {
            life("globex", "other-" + i, "gpu-" + i % 3);
        }
        for (String id : List.of("r-1", "same", HOSTILE)) {
            life("acme", id, "gpu-1");
        }
        life("globex", "same", "gpu-2");
        // Outcomes follow what they are about, whatever the order in which a producer sends.
        producer.flush();
        for (String id : List.of("r-1", "same", HOSTILE)) {
            settle("acme", id);
        }
        settle("globex", "same");
        submit("acme", "elsewhere", partitionButItsOwn("elsewhere"));
        producer.flush();
        assertThat(FAILURES).isEmpty();
    }

    @AfterAll
    static void stopBroker() {
        producer.close();
        broker.close();
    }

    private static void life(String tenant, String id, String instance) {
        Instant now = Instant.now();
        submit(tenant, id, null);
        decide(tenant, id, instance, DecisionKind.ROUTE, now);
        decide(tenant, id, instance, DecisionKind.DISPATCH, now);
        write(
                Topic.DISPATCH,
                null,
                instance,
                DispatchCommand.newBuilder()
                        .setType(CommandType.DISPATCH)
                        .setInstanceId(instance)
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .setEpoch(1)
                        .setSeq(now.toEpochMilli())
                        .setDecidedAt(now)
                        .build());
        report(tenant, id, instance, WorkerEventType.ACCEPTED, now);
        report(tenant, id, instance, WorkerEventType.COMPLETED, now);
    }

    private static void settle(String tenant, String id) {
        write(
                Topic.OUTCOMES,
                null,
                id,
                RequestOutcome.newBuilder()
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .setOutcome(Outcome.Completed)
                        .setSettledAt(Instant.now())
                        .build());
    }

    private static void submit(String tenant, String id, Integer partition) {
        write(
                Topic.REQUESTS,
                partition,
                id,
                InferenceRequest.newBuilder()
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setCreated(Instant.now())
                        .setModel("llama")
                        .setInputTokens(100)
                        .build());
    }

    private static void decide(
            String tenant, String id, String instance, DecisionKind kind, Instant at) {
        write(
                Topic.DECISIONS,
                null,
                id,
                Decision.newBuilder()
                        .setKind(kind)
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .setInstanceId(instance)
                        .setEpoch(1)
                        .setSeq(at.toEpochMilli())
                        .setDecidedAt(at)
                        .setReason("it was its turn")
                        .build());
    }

    private static void report(
            String tenant, String id, String instance, WorkerEventType type, Instant at) {
        write(
                Topic.WORKER_EVENTS,
                null,
                instance,
                WorkerEvent.newBuilder()
                        .setType(type)
                        .setInstanceId(instance)
                        .setIncarnation(1)
                        .setSeq(1)
                        .setEpoch(1)
                        .setCommandEpoch(1L)
                        .setAt(at)
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .build());
    }

    @SuppressWarnings("unchecked")
    private static <T extends SpecificRecord> void write(
            Topic topic, Integer partition, String key, T value) {
        AvroCodec<T> codec = AvroCodec.of((Class<T>) value.getClass());
        producer.send(
                new ProducerRecord<>(
                        topic.name(TopicPrefix.DEFAULT), partition, key, codec.encode(value)),
                (written, failure) -> {
                    if (failure != null) {
                        FAILURES.add(failure);
                    }
                });
    }

    /** As a client does that is not Kafka's own. */
    private static int partitionButItsOwn(String id) {
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        int own = Utils.toPositive(Utils.murmur2(key)) % 8;
        return (own + 1) % 8;
    }

    @Test
    void tellsALife() {
        Console explain = run("r-1");

        assertThat(explain.err()).isEmpty();
        assertThat(explain.code()).isZero();
        assertThat(explain.out().get(0)).startsWith("request r-1 of acme: Completed");
        assertThat(explain.out())
                .filteredOn(line -> line.matches(" +[+-]\\d+\\.\\d{3}  .*"))
                .extracting(line -> line.substring(13))
                .containsExactlyInAnyOrder(
                        "submitted",
                        "given to the lane of gpu-1: it was its turn",
                        "sent to the worker of gpu-1: it was its turn",
                        "gpu-1 has it",
                        "completed at gpu-1",
                        "outcome Completed");
        assertThat(explain.out()).doesNotContain("Not known:", "Not read:");
    }

    @Test
    void asksForTheTenantWhereTwoHaveTheSameId() {
        assertThat(run("same").code()).isEqualTo(1);
        assertThat(run("same").err())
                .containsExactly(
                        "sluice: tenants acme, globex each have a request 'same'; choose one with"
                                + " --tenant");
        assertThat(run("same", "--tenant=globex").out().get(0))
                .startsWith("request same of globex: Completed");
        assertThat(run("same", "--tenant=nobody").err())
                .containsExactly(
                        "sluice: tenant 'nobody' has no request 'same'; known are acme, globex");
    }

    @Test
    void printsNothingThatCommandsATerminal() {
        Console explain = run(HOSTILE);

        assertThat(explain.out().get(0))
                .startsWith("request \\u{1b}]0;owned\\u{7}<b>%s of acme: Completed");
        assertThat(run(HOSTILE, "--json").out())
                .singleElement()
                .asString()
                .startsWith("{\"request_id\":\"\\u001B]0;owned\\u0007<b>%s\"")
                .contains("\"unread\":[]");
    }

    @Test
    void findsARequestThatAnotherKindOfClientSent() {
        assertThat(run("elsewhere").out().get(0))
                .startsWith("request elsewhere of acme: not read by the scheduler for ");
    }

    @Test
    void saysThatNothingIsKnown() {
        Console explain = run("never");

        assertThat(explain.code()).isEqualTo(1);
        assertThat(explain.err())
                .containsExactly(
                        "sluice: nothing is known of request 'never': it was never submitted, or"
                                + " its records are no longer kept");
    }

    @Test
    void saysWhatItHadNoTimeToRead() {
        Console explain = run("r-1", "--patience=1ms");

        assertThat(explain.code()).isEqualTo(1);
        assertThat(explain.err())
                .singleElement()
                .asString()
                .contains("nothing is known of request 'r-1'", "not read: [requests: ");
    }

    private static Console run(String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "explain";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        return Console.run(broker.bootstrapServers(), all);
    }
}
