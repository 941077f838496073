package io.sluice.apps.worker;

import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InstanceCapacity;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.wire.AcceptedRuns;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * From a report of the protocol to its record on the worker-events topic. A report about a run
 * carries copies of its command: from the command itself while it is being taken in, from the
 * ledger afterwards.
 */
final class EventMapping {

    private final Intake intake;
    private final WorkerClock clock;
    private final Supplier<EngineStatus> status;
    private final String hardware;
    private Function<DispatchId, @Nullable WorkerEvent> ledger = id -> null;
    private Function<DispatchId, Optional<RunProgress>> progress = id -> Optional.empty();

    EventMapping(Intake intake, WorkerClock clock, Supplier<EngineStatus> status, String hardware) {
        this.intake = intake;
        this.clock = clock;
        this.status = status;
        this.hardware = hardware;
    }

    /** Says where the events of accepted runs are found. */
    void recallFrom(Function<DispatchId, @Nullable WorkerEvent> events) {
        this.ledger = events;
    }

    /** Says where it is found how far a run that goes on has come. */
    void measureBy(Function<DispatchId, Optional<RunProgress>> runProgress) {
        this.progress = runProgress;
    }

    /** The record of a report. */
    WorkerEvent event(WorkerReport report) {
        if (report instanceof WorkerReport.OfRun ofRun) {
            return ofRun(ofRun).setAccepted(List.of()).build();
        }
        if (report instanceof WorkerReport.Registered registered) {
            return origin(WorkerEvent.newBuilder(), report.origin())
                    .setType(WorkerEventType.REGISTERED)
                    .setCapacity(capacity(registered.capacity()))
                    .build();
        }
        if (report instanceof WorkerReport.Heartbeat heartbeat) {
            return heartbeat(heartbeat);
        }
        if (report instanceof WorkerReport.Draining draining) {
            return origin(WorkerEvent.newBuilder(), report.origin())
                    .setType(WorkerEventType.DRAINING)
                    .setDraining(draining.draining())
                    .build();
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }

    /** What the ledger keeps of an entry. */
    WorkerEvent forLedger(LedgerEntry entry) {
        WorkerReport.OfRun terminal = entry.terminal();
        WorkerReport.OfRun report =
                terminal == null
                        ? new WorkerReport.Accepted(
                                new ReportOrigin("", 0, 0, 0, 0), entry.accepted().run())
                        : terminal;
        return RunEvents.forLedger(ofRun(report), entry.accepted());
    }

    private WorkerEvent heartbeat(WorkerReport.Heartbeat heartbeat) {
        EngineStatus now = status.get();
        return origin(WorkerEvent.newBuilder(), heartbeat.origin())
                .setType(WorkerEventType.HEARTBEAT)
                .setCapacity(capacity(heartbeat.capacity()))
                .setAccepted(heartbeat.accepted().stream().map(AcceptedRuns::record).toList())
                .setSyncSeq(heartbeat.syncSeq() == 0 ? null : heartbeat.syncSeq())
                .setDraining(heartbeat.draining())
                .setRunning(now.running())
                .setWaiting(now.waiting())
                .setFreeKvTokens(now.freeKvTokens())
                .setBusyMs(now.busyMillis())
                .setIdleWhileQueuedMs(now.idleWhileQueuedMillis())
                .build();
    }

    private InstanceCapacity capacity(io.sluice.core.model.InstanceCapacity capacity) {
        return InstanceCapacity.newBuilder()
                .setModels(capacity.models())
                .setMaxSequences(capacity.maxSequences())
                .setKvTokens(capacity.kvTokens())
                .setMaxContextTokens(capacity.maxContextTokens())
                .setDispatchPartition(capacity.dispatchPartition())
                .setEventsPartition(capacity.eventsPartition())
                .setPrefillMsPerToken(capacity.speed().prefillPerToken())
                .setPrefillMsPerSquaredToken(capacity.speed().prefillPerSquaredToken())
                .setDecodeMsPerToken(capacity.speed().decodePerToken())
                .setDecodeMsPerContextToken(capacity.speed().decodePerContextToken())
                .setKvBlockTokens(capacity.kvBlockTokens())
                .setHardware(hardware)
                .build();
    }

    private WorkerEvent.Builder ofRun(WorkerReport.OfRun report) {
        RunId run = report.run();
        WorkerEvent.Builder event =
                origin(copies(report, DispatchId.of(run)), report.origin())
                        .setRequestId(run.key().requestId())
                        .setFairnessId(run.key().tenant())
                        .setAttempt(run.attempt())
                        .setCommandEpoch(run.commandEpoch())
                        .setType(type(report));
        if (report instanceof WorkerReport.Progressed) {
            progress.apply(DispatchId.of(run)).ifPresent(soFar -> progress(event, soFar));
        } else if (report instanceof WorkerReport.Completed completed) {
            measures(event, completed.measures());
        } else if (report instanceof WorkerReport.Preempted preempted) {
            event.setOutputTokens(preempted.progress().generatedTokens())
                    .setHeldTokens(preempted.progress().heldTokens());
        } else if (report instanceof WorkerReport.Failed failed) {
            trouble(event, failed.code(), failed.message()).setRetriable(failed.retriable());
        } else if (report instanceof WorkerReport.Refused refused) {
            // Another instance may be larger, or of another epoch.
            trouble(event, refused.code(), refused.message()).setRetriable(true);
        }
        return event;
    }

    private static WorkerEventType type(WorkerReport.OfRun report) {
        if (report instanceof WorkerReport.Accepted) {
            return WorkerEventType.ACCEPTED;
        }
        if (report instanceof WorkerReport.Progressed) {
            return WorkerEventType.FIRST_TOKEN;
        }
        if (report instanceof WorkerReport.Completed) {
            return WorkerEventType.COMPLETED;
        }
        if (report instanceof WorkerReport.Failed) {
            return WorkerEventType.FAILED;
        }
        if (report instanceof WorkerReport.Cancelled) {
            return WorkerEventType.CANCELLED;
        }
        if (report instanceof WorkerReport.Refused) {
            return WorkerEventType.REFUSED;
        }
        if (report instanceof WorkerReport.Preempted) {
            return WorkerEventType.PREEMPTED;
        }
        if (report instanceof WorkerReport.GivenBack) {
            return WorkerEventType.GIVEN_BACK;
        }
        throw new IllegalArgumentException("unknown kind of report: " + report);
    }

    private WorkerEvent.Builder copies(WorkerReport.OfRun report, DispatchId id) {
        // What is refused is a command, whatever the ledger knows of an earlier one.
        WorkerEvent known = report instanceof WorkerReport.Refused ? null : ledger.apply(id);
        if (known != null) {
            return WorkerEvent.newBuilder(known);
        }
        return intake.of(id).map(this::copies).orElseGet(WorkerEvent::newBuilder);
    }

    private WorkerEvent.Builder copies(Receipt receipt) {
        DispatchCommand command = receipt.command();
        double overhead = clock.brokerMillis() - (double) command.getDecidedAt().toEpochMilli();
        return WorkerEvent.newBuilder()
                .setModel(command.getModel())
                .setPriority(command.getPriority())
                .setSessionId(command.getSessionId())
                .setWorkflowId(command.getWorkflowId())
                .setServiceTier(command.getServiceTier())
                .setTraceparent(command.getTraceparent())
                .setCreated(command.getCreated())
                .setSubmittedAt(command.getSubmittedAt())
                .setDeadline(command.getDeadline())
                .setSloTtftMs(command.getSloTtftMs())
                .setSloTpotMs(command.getSloTpotMs())
                .setSloE2eMs(command.getSloE2eMs())
                .setPolicy(command.getPolicy())
                .setDecidedAt(command.getDecidedAt())
                .setQueueWaitMs(command.getQueueWaitMs())
                .setInputTokens(command.getInputTokens())
                .setPredictedOutputTokens(command.getPredictedOutputTokens())
                .setDispatchOverheadMs(overhead);
    }

    private WorkerEvent.Builder origin(WorkerEvent.Builder event, ReportOrigin origin) {
        return event.setInstanceId(origin.instanceId())
                .setIncarnation(origin.incarnation())
                .setSeq(origin.seq())
                .setEpoch(origin.epoch())
                .setAt(Instant.ofEpochMilli(clock.wallMillis()));
    }

    private static void measures(WorkerEvent.Builder event, RunMeasures measures) {
        // Of a run that was interrupted the command that is copied is not the first.
        event.setQueueWaitMs(measures.queueWaitMillis())
                .setTtftMs(number(measures.ttftMillis()))
                .setTpotMs(number(measures.tpotMillis()))
                .setE2eMs(number(measures.e2eMillis()))
                .setInputTokens(measures.inputTokens())
                .setOutputTokens(measures.outputTokens())
                .setCachedTokens(measures.cachedTokens())
                .setFinishReason(measures.finishReason());
    }

    private static void progress(WorkerEvent.Builder event, RunProgress soFar) {
        event.setTtftMs(soFar.ttftMillis());
        if (!soFar.isFirstToken()) {
            event.setType(WorkerEventType.PROGRESS).setOutputTokens(soFar.outputTokens());
        }
    }

    private static WorkerEvent.Builder trouble(
            WorkerEvent.Builder event, String code, String message) {
        return event.setErrorCode(code).setErrorMessage(message);
    }

    private static @Nullable Double number(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
