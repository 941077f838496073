package io.sluice.jobs.io;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.flow.WorkerReportMessage;
import io.sluice.jobs.flow.WorkerReportMessage.Kind;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.WorkerEvent;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** From an event on the workers' log to a report or tick. */
final class WorkerEventMapping implements RecordMapping<WorkerEvent, WorkerLogRecord> {

    private static final long serialVersionUID = 1L;

    @Override
    public WorkerLogRecord map(WorkerEvent event, LogPosition position) {
        return switch (event.getType()) {
            case TICK -> new WorkerLogRecord(position, null, tick(event, position));
            case UNKNOWN ->
                    throw new IllegalArgumentException(
                            "the kind of the event is unknown to this version");
            default -> new WorkerLogRecord(position, report(event, position), null);
        };
    }

    private static Tick tick(WorkerEvent event, LogPosition position) {
        int partitions = required(event.getPartitions(), "partitions", event);
        return new Tick(
                event.getEpoch(), position.partition(), partitions, position.timestampMillis());
    }

    private static WorkerReportMessage report(WorkerEvent event, LogPosition position) {
        if (event.getInstanceId().isBlank()) {
            throw new IllegalArgumentException("instance_id is blank");
        }
        ReportOrigin origin =
                new ReportOrigin(
                        event.getInstanceId(),
                        event.getIncarnation(),
                        event.getSeq(),
                        event.getEpoch(),
                        position.timestampMillis());
        return switch (event.getType()) {
            case REGISTERED -> WorkerReportMessage.registered(origin, capacity(event, position));
            case HEARTBEAT -> heartbeat(event, origin, position);
            case DRAINING -> WorkerReportMessage.draining(origin, event.getDraining());
            case ACCEPTED -> WorkerReportMessage.ofRun(Kind.ACCEPTED, origin, run(event));
            case FIRST_TOKEN, PROGRESS, PREEMPTED ->
                    WorkerReportMessage.ofRun(Kind.PROGRESSED, origin, run(event));
            case COMPLETED ->
                    WorkerReportMessage.completed(
                            origin, run(event), facts(event), measures(event));
            case FAILED -> trouble(Kind.FAILED, event, origin);
            case REFUSED -> trouble(Kind.REFUSED, event, origin);
            case CANCELLED -> WorkerReportMessage.ofRun(Kind.CANCELLED, origin, run(event));
            case GIVEN_BACK -> WorkerReportMessage.ofRun(Kind.GIVEN_BACK, origin, run(event));
            case TICK, UNKNOWN ->
                    throw new IllegalArgumentException(event.getType() + " is not a report");
        };
    }

    private static WorkerReportMessage heartbeat(
            WorkerEvent event, ReportOrigin origin, LogPosition position) {
        List<AcceptedRun> accepted = new ArrayList<>(event.getAccepted().size());
        for (io.sluice.schemas.avro.AcceptedRun held : event.getAccepted()) {
            RequestKey key = new RequestKey(held.getFairnessId(), held.getRequestId());
            accepted.add(
                    new AcceptedRun(
                            new RunId(key, held.getAttempt(), held.getCommandEpoch()),
                            held.getReservedTokens(),
                            held.getPriority()));
        }
        Long syncSeq = event.getSyncSeq();
        return WorkerReportMessage.heartbeat(
                origin,
                capacity(event, position),
                accepted,
                syncSeq == null ? 0 : syncSeq,
                event.getDraining());
    }

    /** Where the worker writes is where the record was read, whatever it says. */
    private static InstanceCapacity capacity(WorkerEvent event, LogPosition position) {
        io.sluice.schemas.avro.InstanceCapacity capacity =
                required(event.getCapacity(), "capacity", event);
        return new InstanceCapacity(
                capacity.getModels(),
                capacity.getMaxSequences(),
                capacity.getKvTokens(),
                capacity.getMaxContextTokens(),
                capacity.getDispatchPartition(),
                position.partition(),
                capacity.getPrefillMsPerToken(),
                capacity.getDecodeMsPerToken());
    }

    private static RunId run(WorkerEvent event) {
        RequestKey key =
                new RequestKey(
                        required(event.getFairnessId(), "fairness_id", event),
                        required(event.getRequestId(), "request_id", event));
        Long commandEpoch = event.getCommandEpoch();
        return new RunId(key, event.getAttempt(), commandEpoch == null ? 0 : commandEpoch);
    }

    private static WorkerReportMessage trouble(Kind kind, WorkerEvent event, ReportOrigin origin) {
        return WorkerReportMessage.trouble(
                kind,
                origin,
                run(event),
                event.getRetriable(),
                orElse(event.getErrorCode(), kind.name()),
                orElse(event.getErrorMessage(), "the worker gave no reason"));
    }

    private static RequestFacts facts(WorkerEvent event) {
        return new RequestFacts(
                orElse(event.getModel(), ""),
                event.getPriority(),
                event.getSessionId(),
                event.getWorkflowId(),
                millis(event.getCreated(), 0),
                millis(event.getSubmittedAt(), 0),
                millis(event.getDeadline(), PendingRequest.NEVER),
                new SloTarget(
                        number(event.getSloTtftMs()),
                        number(event.getSloTpotMs()),
                        number(event.getSloE2eMs())),
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
                    "a %s event of instance %s lacks %s"
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

    private static int count(@Nullable Integer value) {
        return value == null ? 0 : value;
    }
}
