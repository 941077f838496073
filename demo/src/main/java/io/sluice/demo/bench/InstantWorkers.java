package io.sluice.demo.bench;

import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.AcceptedRun;
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
 * scheduler and nothing else; or that keep what they take until they are told to go on, so that
 * queues fill. All in one thread; they keep no ledger and die with it.
 */
final class InstantWorkers implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(1);
    private static final long HEARTBEAT_NANOS = 1_000_000_000L;
    private static final int MANY_SEQUENCES = 256;

    private final BenchTopics topics;
    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final AvroCodec<WorkerEvent> events = AvroCodec.of(WorkerEvent.class);
    private final AvroCodec<DispatchCommand> commands = AvroCodec.of(DispatchCommand.class);
    private final Map<String, Worker> workers = new HashMap<>();
    private final Thread thread = new Thread(this::run, "instant-workers");
    private final int sequences;
    private volatile boolean keeping;
    private volatile boolean stopping;

    /** What one worker remembers. */
    private static final class Worker {
        final String instanceId;
        final int partition;
        final List<DispatchCommand> kept = new ArrayList<>();
        long seq;
        long epoch;

        Worker(String instanceId, int partition) {
            this.instanceId = instanceId;
            this.partition = partition;
        }
    }

    /** Workers of many sequences that finish at once. */
    InstantWorkers(BenchTopics topics, int count) {
        this(topics, count, MANY_SEQUENCES, false);
    }

    /** Workers of one sequence each, that keep what they take until {@link #goOn}. */
    static InstantWorkers keeping(BenchTopics topics, int count) {
        return new InstantWorkers(topics, count, 1, true);
    }

    private InstantWorkers(BenchTopics topics, int count, int sequences, boolean keeping) {
        this.topics = topics;
        this.sequences = sequences;
        this.keeping = keeping;
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

    /** What they keep ends, and from now on everything at once. */
    void goOn() {
        keeping = false;
    }

    private void run() {
        long nextHeartbeat = System.nanoTime();
        while (!stopping) {
            if (!keeping) {
                workers.values().forEach(this::finishKept);
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                act(record);
            }
            if (System.nanoTime() - nextHeartbeat >= 0) {
                nextHeartbeat += HEARTBEAT_NANOS;
                workers.values().forEach(worker -> send(worker, heartbeat(worker)));
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
            case SYNC -> send(worker, heartbeat(worker).setSyncSeq(command.getSeq()));
            case DISPATCH -> {
                send(worker, ofRun(worker, WorkerEventType.ACCEPTED, command));
                if (keeping) {
                    worker.kept.add(command);
                } else {
                    finish(worker, command);
                }
            }
            case CANCEL, PREEMPT, FENCE, DRAIN, UNDRAIN, UNKNOWN -> {
                // Nothing runs here that could be stopped.
            }
        }
    }

    private void finishKept(Worker worker) {
        worker.kept.forEach(command -> finish(worker, command));
        worker.kept.clear();
    }

    private void finish(Worker worker, DispatchCommand command) {
        send(
                worker,
                ofRun(worker, WorkerEventType.COMPLETED, command)
                        .setOutputTokens(1)
                        .setTtftMs(1.0)
                        .setE2eMs(1.0));
    }

    private WorkerEvent.Builder heartbeat(Worker worker) {
        return event(worker, WorkerEventType.HEARTBEAT)
                .setAccepted(worker.kept.stream().map(InstantWorkers::accepted).toList());
    }

    private static AcceptedRun accepted(DispatchCommand command) {
        return AcceptedRun.newBuilder()
                .setRequestId(command.getRequestId())
                .setFairnessId(command.getFairnessId())
                .setAttempt(command.getAttempt())
                .setCommandEpoch(command.getEpoch())
                .setReservedTokens(command.getInputTokens())
                .setPriority(command.getPriority())
                .build();
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

    private InstanceCapacity capacity(Worker worker) {
        return InstanceCapacity.newBuilder()
                .setModels(List.of(BenchTopics.MODEL))
                .setMaxSequences(sequences)
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
