package io.sluice.demo.report;

import io.sluice.demo.broker.EmbeddedBroker;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/** Topics of one installation, filled by hand. */
final class CraftedTopics implements AutoCloseable {

    private static final Instant SOME_TIME = Instant.ofEpochMilli(1_000_000);

    private final TopicScan scan;
    private final KafkaProducer<byte[], byte[]> producer;

    CraftedTopics(EmbeddedBroker broker, String prefix) throws Exception {
        TrustedRecords.register();
        scan = new TopicScan(broker.bootstrapServers(), new TopicPrefix(prefix));
        List<NewTopic> topics =
                Arrays.stream(Topic.values())
                        .map(t -> new NewTopic(t.name(scan.prefix()), 2, (short) 1))
                        .toList();
        try (Admin admin = Admin.create(client())) {
            admin.createTopics(topics).all().get();
        }
        producer =
                new KafkaProducer<>(client(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    TopicScan scan() {
        return scan;
    }

    private Map<String, Object> client() {
        return new HashMap<>(Map.of("bootstrap.servers", scan.bootstrapServers()));
    }

    void request(String tenant, String id) throws Exception {
        write(
                Topic.REQUESTS,
                InferenceRequest.class,
                InferenceRequest.newBuilder()
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setCreated(SOME_TIME)
                        .setModel("m")
                        .setInputTokens(10)
                        .build());
    }

    void garbage(Topic topic) throws Exception {
        send(producer, topic, new byte[] {1, 2, 3}).get();
    }

    void deadLetter() throws Exception {
        write(
                Topic.DEAD_LETTERS,
                DeadLetter.class,
                DeadLetter.newBuilder()
                        .setTopic("t")
                        .setPartition(0)
                        .setOffset(0)
                        .setTimestamp(SOME_TIME)
                        .setStage("decode")
                        .setErrorClass("DecodeException")
                        .setMessage("no")
                        .setAt(SOME_TIME)
                        .build());
    }

    void outcome(RequestOutcome outcome) throws Exception {
        write(Topic.OUTCOMES, RequestOutcome.class, outcome);
    }

    /** Writes it in a transaction that is then aborted. */
    void abortedOutcome(RequestOutcome outcome) {
        Map<String, Object> config = client();
        config.put("transactional.id", "crafted");
        try (KafkaProducer<byte[], byte[]> transactional =
                new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            transactional.initTransactions();
            transactional.beginTransaction();
            send(transactional, Topic.OUTCOMES, AvroCodec.of(RequestOutcome.class).encode(outcome));
            transactional.flush();
            transactional.abortTransaction();
        }
    }

    static RequestOutcome.Builder completed(String tenant, String id) {
        return RequestOutcome.newBuilder()
                .setRequestId(id)
                .setFairnessId(tenant)
                .setAttempt(1)
                .setOutcome(Outcome.Completed)
                .setOutputTokens(20)
                .setSettledAt(SOME_TIME);
    }

    void dispatch(String tenant, String id, int attempt) throws Exception {
        command(
                CommandType.DISPATCH,
                builder -> builder.setRequestId(id).setFairnessId(tenant).setAttempt(attempt));
    }

    void sync() throws Exception {
        command(CommandType.SYNC, builder -> builder);
    }

    private void command(CommandType type, UnaryOperator<DispatchCommand.Builder> details)
            throws Exception {
        DispatchCommand.Builder builder =
                DispatchCommand.newBuilder()
                        .setType(type)
                        .setInstanceId("gpu-1")
                        .setEpoch(1)
                        .setSeq(1)
                        .setDecidedAt(SOME_TIME);
        write(Topic.DISPATCH, DispatchCommand.class, details.apply(builder).build());
    }

    void accepted(double overheadMillis) throws Exception {
        event(event(WorkerEventType.ACCEPTED).setDispatchOverheadMs(overheadMillis));
    }

    void heartbeat(long incarnation, long busyMillis, long idleMillis) throws Exception {
        event(
                event(WorkerEventType.HEARTBEAT)
                        .setIncarnation(incarnation)
                        .setBusyMs(busyMillis)
                        .setIdleWhileQueuedMs(idleMillis));
    }

    private void event(WorkerEvent.Builder event) throws Exception {
        write(Topic.WORKER_EVENTS, WorkerEvent.class, event.build());
    }

    private static WorkerEvent.Builder event(WorkerEventType type) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId("gpu-1")
                .setIncarnation(1)
                .setSeq(1)
                .setEpoch(1)
                .setAt(SOME_TIME);
    }

    private <T extends SpecificRecord> void write(Topic topic, Class<T> type, T record)
            throws Exception {
        send(producer, topic, AvroCodec.of(type).encode(record)).get();
    }

    private Future<?> send(KafkaProducer<byte[], byte[]> through, Topic topic, byte[] value) {
        return through.send(new ProducerRecord<>(topic.name(scan.prefix()), 0, null, value));
    }

    @Override
    public void close() {
        producer.close();
    }
}
