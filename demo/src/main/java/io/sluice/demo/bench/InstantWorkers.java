package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Workers that finish every request the moment they take it, so that a measurement shows the
 * scheduler and nothing else. All in one thread; they keep no ledger and die with it.
 */
final class InstantWorkers implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(1);
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;

    private final BenchTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<WorkerEvent> events = AvroCodec.of(WorkerEvent.class);
    private final AvroCodec<DispatchCommand> commands = AvroCodec.of(DispatchCommand.class);
    private final Map<String, Worker> workers = new HashMap<>();
    private final Thread thread = new Thread(this::run, "instant-workers");
    private volatile boolean stopping;

    /** What one worker remembers. */
    private static final class Worker {
        final String instanceId;
        final int partition;
        long seq;
        long epoch;

        Worker(String instanceId, int partition) {
            this.instanceId = instanceId;
            this.partition = partition;
        }
    }

    InstantWorkers(BenchTopics topics, int count) {
        this.topics = topics;
        this.producer = topics.producer();
        this.consumer = topics.consumer();
        int partitions = topics.partitions();
        List<TopicPartition> mine = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            workers.put("gpu-" + i, new Worker("gpu-" + i, i % partitions));
        }
        for (int partition = 0; partition < partitions; partition++) {
            mine.add(new TopicPartition(topics.dispatch(), partition));
        }
        consumer.assign(mine);
        consumer.seekToEnd(mine);
        mine.forEach(consumer::position);
        workers.values().forEach(worker -> send(worker, event(worker, WorkerEventType.REGISTERED)));
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        long nextHeartbeat = System.nanoTime();
        while (!stopping) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                act(record);
            }
            if (System.nanoTime() - nextHeartbeat >= 0) {
                nextHeartbeat += HEARTBEAT_NANOS;
                workers.values()
                        .forEach(worker -> send(worker, event(worker, WorkerEventType.HEARTBEAT)));
            }
        }
        consumer.close();
        producer.close();
    }

    private void act(ConsumerRecord<byte[], byte[]> record) {
        DispatchCommand command;
        try {
            command = commands.decode(record.value());
        } catch (DecodeException e) {
            throw new IllegalStateException("the dispatch topic holds an unreadable command", e);
        }
        Worker worker = workers.get(command.getInstanceId());
        if (worker == null) {
            return;
        }
        worker.epoch = Math.max(worker.epoch, command.getEpoch());
        switch (command.getType()) {
            case SYNC ->
                    send(
                            worker,
                            event(worker, WorkerEventType.HEARTBEAT).setSyncSeq(command.getSeq()));
            case DISPATCH -> {
                send(worker, ofRun(worker, WorkerEventType.ACCEPTED, command));
                send(
                        worker,
                        ofRun(worker, WorkerEventType.COMPLETED, command)
                                .setOutputTokens(1)
                                .setTtftMs(1.0)
                                .setE2eMs(1.0));
            }
            case CANCEL, PREEMPT, FENCE, DRAIN, UNDRAIN, UNKNOWN -> {
                // Nothing runs here that could be stopped.
            }
        }
    }

    private WorkerEvent.Builder ofRun(
            Worker worker, WorkerEventType type, DispatchCommand command) {
        return event(worker, type)
                .setRequestId(command.getRequestId())
                .setFairnessId(command.getFairnessId())
                .setAttempt(command.getAttempt())
                .setCommandEpoch(command.getEpoch())
                .setModel(command.getModel())
                .setPriority(command.getPriority())
                .setSubmittedAt(command.getSubmittedAt())
                .setCreated(command.getCreated())
                .setInputTokens(command.getInputTokens())
                .setQueueWaitMs(command.getQueueWaitMs());
    }

    private WorkerEvent.Builder event(Worker worker, WorkerEventType type) {
        worker.seq++;
        WorkerEvent.Builder event =
                WorkerEvent.newBuilder()
                        .setType(type)
                        .setInstanceId(worker.instanceId)
                        .setIncarnation(1)
                        .setSeq(worker.seq)
                        .setEpoch(worker.epoch)
                        .setAt(Instant.now());
        if (type == WorkerEventType.REGISTERED || type == WorkerEventType.HEARTBEAT) {
            event.setCapacity(capacity(worker));
        }
        return event;
    }

    private static InstanceCapacity capacity(Worker worker) {
        return InstanceCapacity.newBuilder()
                .setModels(List.of(BenchTopics.MODEL))
                .setMaxSequences(256)
                .setKvTokens(10_000_000)
                .setMaxContextTokens(100_000)
                .setDispatchPartition(worker.partition)
                .setEventsPartition(worker.partition)
                .setPrefillMsPerToken(0.01)
                .setDecodeMsPerToken(0.01)
                .build();
    }

    private void send(Worker worker, WorkerEvent.Builder event) {
        producer.send(
                new ProducerRecord<>(
                        topics.workerEvents(),
                        worker.partition,
                        null,
                        events.encode(event.build())));
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
