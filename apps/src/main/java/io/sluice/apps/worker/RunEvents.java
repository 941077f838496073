package io.sluice.apps.worker;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * What a ledger keeps of a run: the very event that tells of it, copies of the command included, so
 * that it can be told again by a process that has never seen the command.
 */
final class RunEvents {

    private RunEvents() {}

    /** The entry that an event in the ledger stands for. */
    static LedgerEntry entry(WorkerEvent event, boolean published) {
        AcceptedRun accepted = accepted(event.getAccepted().get(0));
        WorkerReport.OfRun terminal =
                event.getType() == WorkerEventType.ACCEPTED
                        ? null
                        : terminal(event, accepted.run());
        return new LedgerEntry(accepted, terminal, published);
    }

    /** The dispatch id that an event in the ledger is about. */
    static DispatchId id(WorkerEvent event) {
        return DispatchId.of(accepted(event.getAccepted().get(0)).run());
    }

    private static AcceptedRun accepted(io.sluice.schemas.avro.AcceptedRun held) {
        RequestKey key = new RequestKey(held.getFairnessId(), held.getRequestId());
        RunId run = new RunId(key, held.getAttempt(), held.getCommandEpoch());
        return new AcceptedRun(run, held.getReservedTokens(), held.getPriority());
    }

    /** A run as heartbeats and the ledger list it. */
    static io.sluice.schemas.avro.AcceptedRun record(AcceptedRun accepted) {
        RunId run = accepted.run();
        return io.sluice.schemas.avro.AcceptedRun.newBuilder()
                .setRequestId(run.key().requestId())
                .setFairnessId(run.key().tenant())
                .setAttempt(run.attempt())
                .setCommandEpoch(run.commandEpoch())
                .setReservedTokens(accepted.reservedTokens())
                .setPriority(accepted.priority())
                .build();
    }

    /** An event as the ledger keeps it. */
    static WorkerEvent forLedger(WorkerEvent.Builder event, AcceptedRun accepted) {
        return event.setAccepted(List.of(record(accepted))).build();
    }

    private static WorkerReport.OfRun terminal(WorkerEvent event, RunId run) {
        ReportOrigin origin =
                new ReportOrigin(
                        event.getInstanceId(),
                        event.getIncarnation(),
                        event.getSeq(),
                        event.getEpoch(),
                        0);
        return switch (event.getType()) {
            case COMPLETED ->
                    new WorkerReport.Completed(origin, run, facts(event), measures(event));
            case FAILED ->
                    new WorkerReport.Failed(
                            origin,
                            run,
                            event.getRetriable(),
                            orEmpty(event.getErrorCode()),
                            orEmpty(event.getErrorMessage()));
            case CANCELLED -> new WorkerReport.Cancelled(origin, run);
            case GIVEN_BACK -> new WorkerReport.GivenBack(origin, run);
            default ->
                    throw new IllegalArgumentException(
                            "an event of type %s ends no run".formatted(event.getType()));
        };
    }

    private static RequestFacts facts(WorkerEvent event) {
        return new RequestFacts(
                orEmpty(event.getModel()),
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

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
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
