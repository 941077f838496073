package io.sluice.demo.apps;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.time.Instant;
import java.util.Map;

/** The other side of a worker: writes its commands, as a lane does. */
final class Lane implements AutoCloseable {

    static final String TENANT = "tenant";

    private final String instanceId;
    private final AvroCodec<DispatchCommand> codec = AvroCodec.of(DispatchCommand.class);
    private final KafkaProducer<byte[], byte[]> producer;
    private long incarnation;
    private int partition;
    private long epoch = 1;
    private long seq;

    Lane(String bootstrapServers, String instanceId) {
        this.instanceId = instanceId;
        this.producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
    }

    /** Talks to the incarnation that an event presents. */
    void connect(WorkerEvent registered) {
        if (registered.getType() != WorkerEventType.REGISTERED) {
            throw new IllegalArgumentException("not a registration: " + registered);
        }
        incarnation = registered.getIncarnation();
        partition = registered.getCapacity().getDispatchPartition();
    }

    /** Speaks in a later epoch. */
    void epoch(long later) {
        epoch = later;
    }

    /** A command, to be completed and sent. */
    DispatchCommand.Builder command(CommandType type) {
        return DispatchCommand.newBuilder()
                .setType(type)
                .setInstanceId(instanceId)
                .setIncarnation(incarnation)
                .setEpoch(epoch)
                .setSeq(++seq)
                .setDecidedAt(Instant.now());
    }

    /** A command about the first attempt of a request, to be completed and sent. */
    DispatchCommand.Builder command(CommandType type, String request) {
        return command(type).setRequestId(request).setFairnessId(TENANT).setAttempt(1);
    }

    /** Dispatches a request of known lengths. */
    DispatchCommand dispatch(String request, int inputTokens, int outputTokens) {
        return send(
                command(CommandType.DISPATCH, request)
                        .setInputTokens(inputTokens)
                        .setMinTokens(outputTokens)
                        .setMaxTokens(outputTokens)
                        .setPriority(3)
                        .setSessionId("session of " + request)
                        .setPolicy("fcfs")
                        .setSubmittedAt(Instant.now())
                        .setQueueLength(0)
                        .setQueueWaitMs(0L));
    }

    /** Sends a command and waits until the broker has it. */
    DispatchCommand send(DispatchCommand.Builder command) {
        DispatchCommand made = command.build();
        send(codec.encode(made));
        return made;
    }

    /** Sends whatever bytes. */
    void send(byte[] value) {
        String topic = Topic.DISPATCH.name(TopicPrefix.DEFAULT);
        try {
            producer.send(new ProducerRecord<>(topic, partition, null, value)).get();
        } catch (Exception exception) {
            throw new IllegalStateException(exception);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
