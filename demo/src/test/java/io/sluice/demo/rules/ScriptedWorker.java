package io.sluice.demo.rules;

import io.sluice.schemas.avro.AcceptedRun;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A worker that does what a test tells it to, when it is told to: so that an interleaving can be
 * forced. By itself it only answers a sync with what it holds, begins anew when it is fenced, and,
 * once told to, gives signs of life.
 */
final class ScriptedWorker {

    private static final Duration HEARTBEAT = Duration.ofMillis(500);
    private static final int KV_TOKENS = 100_000;

    /** What one incarnation holds of a request. */
    private record Id(String request, int attempt) {}

    private final Scene scene;
    private final String instanceId;
    private final int partition;
    private final int maxSequences;
    private final double msPerToken;
    private final List<DispatchCommand> dispatched = new ArrayList<>();
    private final Map<Id, DispatchCommand> held = new LinkedHashMap<>();
    private final List<Id> known = new ArrayList<>();
    private final List<String> cancelled = new ArrayList<>();
    private long incarnation;
    private long seq;
    private long epoch;
    private boolean beating;
    private boolean silent;
    private long lastHeartbeatNanos;

    ScriptedWorker(
            Scene scene, String instanceId, int partition, int maxSequences, double msPerToken) {
        this.scene = scene;
        this.instanceId = instanceId;
        this.partition = partition;
        this.maxSequences = maxSequences;
        this.msPerToken = msPerToken;
    }

    String instanceId() {
        return instanceId;
    }

    /** Presents itself, holding nothing. */
    ScriptedWorker register() {
        incarnation++;
        seq = 0;
        held.clear();
        dispatched.clear();
        send(event(WorkerEventType.REGISTERED).setCapacity(capacity()));
        return this;
    }

    /** Comes again as a life that there has been, without memory of it. */
    ScriptedWorker registerAs(long formerIncarnation) {
        incarnation = formerIncarnation - 1;
        return register();
    }

    /** Gives signs of life from now on, whenever the scene is waited for. */
    ScriptedWorker live() {
        beating = true;
        heartbeat(null);
        return this;
    }

    /** Says nothing by itself any more, not even in answer to a sync. */
    void fallSilent() {
        beating = false;
        silent = true;
    }

    /** Takes in a command from the dispatch topic. */
    void read(DispatchCommand command) {
        boolean mine =
                command.getInstanceId().equals(instanceId)
                        && command.getIncarnation() != null
                        && command.getIncarnation() == incarnation;
        if (!mine) {
            return;
        }
        epoch = Math.max(epoch, command.getEpoch());
        switch (command.getType()) {
            case SYNC -> {
                if (!silent) {
                    heartbeat(command.getSeq());
                }
            }
            case FENCE -> register();
            case DISPATCH -> dispatched.add(command);
            case CANCEL -> cancelled.add(command.getRequestId());
            case PREEMPT, DRAIN, UNDRAIN, UNKNOWN -> {
                // No test sends them to it.
            }
        }
    }

    /** Lets time pass. */
    void beat() {
        if (beating && System.nanoTime() - lastHeartbeatNanos >= HEARTBEAT.toNanos()) {
            heartbeat(null);
        }
    }

    /** The first command to run a request that it has not taken in, as far as has been read. */
    Optional<DispatchCommand> waiting(String request) {
        return dispatched.stream()
                .filter(command -> request.equals(command.getRequestId()))
                .filter(command -> !known.contains(id(command)))
                .findFirst();
    }

    /** Whether it was told to stop a run of the request, as far as has been read. */
    boolean isToldToStop(String request) {
        return cancelled.contains(request);
    }

    /** Waits for the command to run a request, and takes it in. */
    DispatchCommand accept(String request) {
        scene.await(instanceId + " to be sent " + request, () -> waiting(request).isPresent());
        return take(waiting(request).orElseThrow());
    }

    /** Takes a command in. */
    DispatchCommand take(DispatchCommand command) {
        known.add(id(command));
        held.put(id(command), command);
        send(ofRun(WorkerEventType.ACCEPTED, command));
        return command;
    }

    /** Finishes a run. */
    void complete(DispatchCommand command) {
        held.remove(id(command));
        send(
                ofRun(WorkerEventType.COMPLETED, command)
                        .setOutputTokens(1)
                        .setTtftMs(1.0)
                        .setE2eMs(1.0)
                        .setFinishReason("stop"));
    }

    /** Gives up on a run that another attempt may finish. */
    void fail(DispatchCommand command) {
        held.remove(id(command));
        send(
                ofRun(WorkerEventType.FAILED, command)
                        .setErrorCode("engine_error")
                        .setErrorMessage("the engine has crashed")
                        .setRetriable(true));
    }

    private void heartbeat(@Nullable Long syncSeq) {
        lastHeartbeatNanos = System.nanoTime();
        send(
                event(WorkerEventType.HEARTBEAT)
                        .setCapacity(capacity())
                        .setSyncSeq(syncSeq)
                        .setAccepted(held.values().stream().map(this::accepted).toList()));
    }

    private AcceptedRun accepted(DispatchCommand command) {
        return AcceptedRun.newBuilder()
                .setRequestId(command.getRequestId())
                .setFairnessId(command.getFairnessId())
                .setAttempt(command.getAttempt())
                .setCommandEpoch(command.getEpoch())
                .setReservedTokens(20)
                .setPriority(command.getPriority())
                .build();
    }

    private static Id id(DispatchCommand command) {
        return new Id(command.getRequestId(), command.getAttempt());
    }

    private WorkerEvent.Builder ofRun(WorkerEventType type, DispatchCommand command) {
        return event(type)
                .setRequestId(command.getRequestId())
                .setFairnessId(command.getFairnessId())
                .setAttempt(command.getAttempt())
                .setCommandEpoch(command.getEpoch())
                .setModel(command.getModel())
                .setWorkflowId(command.getWorkflowId())
                .setServiceTier(command.getServiceTier())
                .setTraceparent(command.getTraceparent())
                .setSubmittedAt(command.getSubmittedAt())
                .setCreated(command.getCreated())
                .setInputTokens(command.getInputTokens());
    }

    private WorkerEvent.Builder event(WorkerEventType type) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId(instanceId)
                .setIncarnation(incarnation)
                .setSeq(++seq)
                .setEpoch(epoch)
                .setAt(Instant.now());
    }

    private InstanceCapacity capacity() {
        return InstanceCapacity.newBuilder()
                .setModels(List.of(Scene.MODEL))
                .setMaxSequences(maxSequences)
                .setKvTokens(KV_TOKENS)
                .setMaxContextTokens(KV_TOKENS)
                .setDispatchPartition(partition)
                .setEventsPartition(partition)
                .setPrefillMsPerToken(msPerToken)
                .setDecodeMsPerToken(msPerToken)
                .build();
    }

    private void send(WorkerEvent.Builder event) {
        scene.report(partition, event.build());
    }
}
