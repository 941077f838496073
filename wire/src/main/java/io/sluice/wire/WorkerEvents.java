package io.sluice.wire;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.Speed;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.schemas.avro.WorkerEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * What an event in a worker's log tells. The scheduler reads it from the topic, the worker itself
 * from its ledger, and both must understand the same.
 */
public final class WorkerEvents {

    private WorkerEvents() {}

    /**
     * The report that an event stands for.
     *
     * @param partition partition of the worker-events topic that it was read from: where the worker
     *     writes is where it was read, whatever it says
     * @param logMillis the broker's append time
     * @throws IllegalArgumentException if the event is no report of a worker, or lacks what one of
     *     its kind must have; the message names it
     */
    public static WorkerReport report(WorkerEvent event, int partition, long logMillis) {
        if (event.getInstanceId().isBlank()) {
            throw new IllegalArgumentException("instance_id is blank");
        }
        ReportOrigin origin = origin(event, logMillis);
        return switch (event.getType()) {
            case REGISTERED -> new WorkerReport.Registered(origin, capacity(event, partition));
            case HEARTBEAT -> heartbeat(event, origin, partition);
            case DRAINING -> new WorkerReport.Draining(origin, event.getDraining());
            default -> ofRun(event, origin);
        };
    }

    /**
     * The report that an event in a ledger stands for: one of a run, not yet in a log.
     *
     * @throws IllegalArgumentException if the event is about no run, or lacks what one of its kind
     *     must have; the message names it
     */
    public static WorkerReport.OfRun ofRun(WorkerEvent event) {
        return ofRun(event, origin(event, 0));
    }

    private static WorkerReport.OfRun ofRun(WorkerEvent event, ReportOrigin origin) {
        return switch (event.getType()) {
            case ACCEPTED -> new WorkerReport.Accepted(origin, run(event));
            case FIRST_TOKEN, PROGRESS -> new WorkerReport.Progressed(origin, run(event));
            case PREEMPTED ->
                    new WorkerReport.Preempted(
                            origin,
                            run(event),
                            new Progress(
                                    count(event.getOutputTokens()), count(event.getHeldTokens())));
            case COMPLETED ->
                    new WorkerReport.Completed(origin, run(event), facts(event), measures(event));
            case FAILED ->
                    new WorkerReport.Failed(
                            origin, run(event), event.getRetriable(), code(event), message(event));
            case REFUSED ->
                    new WorkerReport.Refused(origin, run(event), code(event), message(event));
            case CANCELLED -> new WorkerReport.Cancelled(origin, run(event));
            case GIVEN_BACK -> new WorkerReport.GivenBack(origin, run(event));
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "the kind of the event is unknown to this version");
            case REGISTERED, HEARTBEAT, DRAINING, TICK ->
                    throw new IllegalArgumentException(
                            "a %s event is about no run".formatted(event.getType()));
        };
    }

    private static ReportOrigin origin(WorkerEvent event, long logMillis) {
        return new ReportOrigin(
                event.getInstanceId(),
                event.getIncarnation(),
                event.getSeq(),
                event.getEpoch(),
                logMillis);
    }

    private static WorkerReport.Heartbeat heartbeat(
            WorkerEvent event, ReportOrigin origin, int partition) {
        Long syncSeq = event.getSyncSeq();
        return new WorkerReport.Heartbeat(
                origin,
                capacity(event, partition),
                event.getAccepted().stream().map(AcceptedRuns::read).toList(),
                syncSeq == null ? 0 : syncSeq,
                event.getDraining());
    }

    private static InstanceCapacity capacity(WorkerEvent event, int partition) {
        io.sluice.schemas.avro.InstanceCapacity capacity =
                required(event.getCapacity(), "capacity", event);
        return new InstanceCapacity(
                capacity.getModels(),
                capacity.getMaxSequences(),
                capacity.getKvTokens(),
                capacity.getKvBlockTokens(),
                capacity.getMaxContextTokens(),
                capacity.getDispatchPartition(),
                partition,
                new Speed(
                        capacity.getPrefillMsPerToken(),
                        capacity.getPrefillMsPerSquaredToken(),
                        capacity.getDecodeMsPerToken(),
                        capacity.getDecodeMsPerContextToken()));
    }

    private static RunId run(WorkerEvent event) {
        RequestKey key =
                new RequestKey(
                        required(event.getFairnessId(), "fairness_id", event),
                        required(event.getRequestId(), "request_id", event));
        Long commandEpoch = event.getCommandEpoch();
        return new RunId(key, event.getAttempt(), commandEpoch == null ? 0 : commandEpoch);
    }

    private static String code(WorkerEvent event) {
        return orElse(event.getErrorCode(), event.getType().name());
    }

    private static String message(WorkerEvent event) {
        return orElse(event.getErrorMessage(), "the worker gave no reason");
    }

    private static RequestFacts facts(WorkerEvent event) {
        return new RequestFacts(
                orElse(event.getModel(), ""),
                event.getPriority(),
                new RequestTags(
                        event.getSessionId(),
                        event.getWorkflowId(),
                        event.getServiceTier(),
                        event.getTraceparent()),
                millis(event.getCreated(), 0),
                millis(event.getSubmittedAt(), 0),
                millis(event.getDeadline(), PendingRequest.NEVER),
                new SloTarget(
                        number(event.getSloTtftMs()),
                        number(event.getSloTpotMs()),
                        number(event.getSloE2eMs())),
                count(event.getInputTokens()),
                count(event.getPredictedOutputTokens()),
                event.getPolicy());
    }

    private static RunMeasures measures(WorkerEvent event) {
        return new RunMeasures(
                event.getQueueWaitMs() == null ? 0 : event.getQueueWaitMs(),
                number(event.getTtftMs()),
                number(event.getTpotMs()),
                number(event.getE2eMs()),
                count(event.getInputTokens()),
                count(event.getOutputTokens()),
                count(event.getCachedTokens()),
                event.getFinishReason());
    }

    private static <T> T required(@Nullable T value, String field, WorkerEvent event) {
        if (value == null) {
            throw new IllegalArgumentException(
                    "the %s event of instance %s lacks %s"
                            .formatted(event.getType(), event.getInstanceId(), field));
        }
        return value;
    }

    private static String orElse(@Nullable String value, String otherwise) {
        return value == null ? otherwise : value;
    }

    private static long millis(@Nullable Instant time, long otherwise) {
        return time == null ? otherwise : time.toEpochMilli();
    }

    private static double number(@Nullable Double value) {
        return value == null ? Double.NaN : value;
    }

    /** A run that ended has ended, whatever nonsense its worker counts. */
    private static int count(@Nullable Integer value) {
        return value == null ? 0 : Math.max(0, value);
    }
}
