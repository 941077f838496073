package io.sluice.demo.rules;

import io.sluice.demo.process.Await;
import io.sluice.demo.topic.Tape;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Topics of its own for one run of a scenario, with what a test writes to them and reads back. */
final class Scene implements AutoCloseable {

    /** What all requests ask for and all workers serve. */
    static final String MODEL = "model-under-test";

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final short ONE_BROKER = 1;

    /** So that one tick is not all ticks; whatever else has an order has one partition. */
    private static final int WORKER_PARTITIONS = 2;

    private final Stage stage;
    private final TopicPrefix prefix;
    private final KafkaProducer<byte[], byte[]> producer;
    private final Tape<DispatchCommand> commands;
    private final Tape<WorkerEvent> events;
    private final Tape<Decision> decisions;
    private final Tape<RequestOutcome> outcomes;
    private final Tape<RequestOutcome> written;
    private final List<ScriptedWorker> workers = new ArrayList<>();
    private int commandsGiven;

    /**
     * Makes the topics.
     *
     * @param name unlike that of every other scene
     */
    Scene(Stage stage, String name) {
        this.stage = stage;
        this.prefix = new TopicPrefix(name + ".");
        String servers = stage.bootstrapServers();
        createTopics(servers);
        producer =
                new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "linger.ms", 0),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        commands = Tape.committed(servers, name(Topic.DISPATCH), DispatchCommand.class);
        events = Tape.committed(servers, name(Topic.WORKER_EVENTS), WorkerEvent.class);
        decisions = Tape.committed(servers, name(Topic.DECISIONS), Decision.class);
        outcomes = Tape.committed(servers, name(Topic.OUTCOMES), RequestOutcome.class);
        written = Tape.written(servers, name(Topic.OUTCOMES), RequestOutcome.class);
    }

    private void createTopics(String servers) {
        List<NewTopic> all =
                Arrays.stream(Topic.values())
                        .map(
                                topic ->
                                        new NewTopic(name(topic), partitions(topic), ONE_BROKER)
                                                .configs(topic.storage().configs()))
                        .toList();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.createTopics(all).all().get();
        } catch (ExecutionException | InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    private static int partitions(Topic topic) {
        return topic == Topic.DISPATCH || topic == Topic.WORKER_EVENTS ? WORKER_PARTITIONS : 1;
    }

    Stage stage() {
        return stage;
    }

    TopicPrefix prefix() {
        return prefix;
    }

    String name(Topic topic) {
        return topic.name(prefix);
    }

    /** A worker whose commands and events are in a partition of their own. */
    ScriptedWorker worker(String instanceId, int partition) {
        return worker(instanceId, partition, 8, 1);
    }

    /** A worker that routing prefers to the others. */
    ScriptedWorker fastWorker(String instanceId, int partition) {
        return worker(instanceId, partition, 8, 0.001);
    }

    /** A worker that runs so many requests at once. */
    ScriptedWorker worker(String instanceId, int partition, int maxSequences, double msPerToken) {
        ScriptedWorker worker =
                new ScriptedWorker(this, instanceId, partition, maxSequences, msPerToken);
        workers.add(worker);
        return worker;
    }

    /** A sound request, to be completed and submitted. */
    static InferenceRequest.Builder request(String id) {
        return InferenceRequest.newBuilder()
                .setRequestId(id)
                .setCreated(Instant.now())
                .setModel(MODEL)
                .setInputTokens(10)
                .setMinTokens(10)
                .setMaxTokens(10);
    }

    void submit(String id) {
        submit(request(id));
    }

    void submit(InferenceRequest.Builder request) {
        InferenceRequest made = request.build();
        append(Topic.REQUESTS, 0, AvroCodec.of(InferenceRequest.class).encode(made));
    }

    /** Writes to a worker's log. */
    void report(int partition, WorkerEvent event) {
        append(Topic.WORKER_EVENTS, partition, AvroCodec.of(WorkerEvent.class).encode(event));
    }

    /** Writes whatever bytes, and waits until the broker has them. */
    void append(Topic topic, int partition, byte[] value) {
        try {
            producer.send(new ProducerRecord<>(name(topic), partition, null, value)).get();
        } catch (ExecutionException | InterruptedException exception) {
            throw new IllegalStateException(exception);
        }
    }

    /**
     * Waits until the job has read what is in a topic, by a record that it can only make a dead
     * letter of.
     */
    void awaitRead(Topic topic) {
        byte[] mark = {0};
        append(topic, 0, mark);
        try (Tape<DeadLetter> letters =
                Tape.committed(
                        stage.bootstrapServers(), name(Topic.DEAD_LETTERS), DeadLetter.class)) {
            await(
                    topic + " to be read",
                    () ->
                            letters.has(
                                    letter ->
                                            letter.getTopic().equals(name(topic))
                                                    && ByteBuffer.wrap(mark)
                                                            .equals(letter.getValue())));
        }
    }

    /** Reads what has come, and lets the workers act on it, until something holds. */
    void await(String what, Callable<Boolean> condition) {
        Await.until(
                what,
                PATIENCE,
                () -> {
                    turn();
                    return condition.call();
                });
    }

    private void turn() {
        List<DispatchCommand> all = commands.read();
        for (DispatchCommand command : all.subList(commandsGiven, all.size())) {
            workers.forEach(worker -> worker.read(command));
        }
        commandsGiven = all.size();
        workers.forEach(ScriptedWorker::beat);
    }

    /** Waits until some scripted worker is sent a request, has it take it in, and finish it. */
    void completeAnywhere(String request) {
        await("a worker to be sent " + request, () -> sent(request).findAny().isPresent());
        ScriptedWorker worker = sent(request).findAny().orElseThrow();
        worker.complete(worker.accept(request));
    }

    private Stream<ScriptedWorker> sent(String request) {
        return workers.stream().filter(worker -> worker.waiting(request).isPresent());
    }

    /** Commands to run a request, as far as has been read. */
    List<DispatchCommand> commandsFor(String request) {
        return commands.all(command -> request.equals(command.getRequestId()));
    }

    /** Lets so much time pass, in which the workers live on. */
    void letPass(Duration time) {
        Instant end = Instant.now().plus(time);
        await("the time to pass", () -> Instant.now().isAfter(end));
    }

    /** Waits until a worker has reported something of a request. */
    WorkerEvent awaitEvent(WorkerEventType type, String request) {
        return awaitEvent(
                event -> event.getType() == type && request.equals(event.getRequestId()),
                type + " of " + request);
    }

    /** Waits until a worker has said what it holds to a job attempt later than a given one. */
    void awaitEcho(String instanceId, long afterEpoch) {
        awaitEvent(
                event ->
                        event.getInstanceId().equals(instanceId)
                                && event.getSyncSeq() != null
                                && event.getEpoch() > afterEpoch,
                instanceId + " to answer a sync");
    }

    /** Waits until there is such an event, and returns the first. */
    WorkerEvent awaitEvent(Predicate<WorkerEvent> which, String what) {
        await(what, () -> events.has(which));
        return events.all(which).get(0);
    }

    /** Waits until a request has been given to a lane. */
    void awaitAssigned(String request) {
        await(
                request + " to be given to a lane",
                () ->
                        decisions.has(
                                decision ->
                                        decision.getKind() == DecisionKind.ROUTE
                                                && decision.getRequestId().equals(request)));
    }

    /** The numbers of the job attempts that have ticked. */
    SortedSet<Long> epochs() {
        return events.read().stream()
                .filter(event -> event.getType() == WorkerEventType.TICK)
                .map(WorkerEvent::getEpoch)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The number of the latest job attempt that has ticked; 0 if none has. */
    long epoch() {
        SortedSet<Long> epochs = epochs();
        return epochs.isEmpty() ? 0 : epochs.last();
    }

    /** A command as the broker keeps it, by its number among those that have been read. */
    byte[] rawCommand(int number) {
        return commands.raw().get(number).value();
    }

    /** The number of the last event of an incarnation that there is. */
    long lastSeq(long incarnation) {
        return events.read().stream()
                .filter(event -> event.getIncarnation() == incarnation)
                .mapToLong(WorkerEvent::getSeq)
                .max()
                .orElseThrow();
    }

    /** Outcomes of a request that every reader may see, as far as has been read. */
    List<RequestOutcome> outcomes(String request) {
        outcomes.read();
        return outcomes.all(outcome -> outcome.getRequestId().equals(request));
    }

    /** Waits until a request has an outcome that every reader may see. */
    RequestOutcome awaitOutcome(SchedulerRun job, String request) {
        await(
                "an outcome of " + request,
                () -> {
                    job.checkpoint();
                    return !outcomes(request).isEmpty();
                });
        return outcomes(request).get(0);
    }

    /** Waits until an outcome of a request has been written, committed or not. */
    void awaitWritten(String request) {
        await(
                "an outcome of " + request + " to be written",
                () -> written.has(outcome -> outcome.getRequestId().equals(request)));
    }

    /** The account as it stands. */
    Account account() {
        return Account.of(stage.bootstrapServers(), prefix);
    }

    @Override
    public void close() {
        producer.close();
        commands.close();
        events.close();
        decisions.close();
        outcomes.close();
        written.close();
    }
}
