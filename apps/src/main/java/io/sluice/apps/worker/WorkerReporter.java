package io.sluice.apps.worker;

import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.engine.EngineSnapshot;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Turns what a worker does into metrics, into lines for people, and into its summary. */
final class WorkerReporter implements WorkerObserver, LoopObserver {

    private final String instanceId;
    private final EngineMetrics engineMetrics;
    private final WorkerMetrics workerMetrics;
    private final Consumer<String> notices;
    private final Map<WorkerEventType, Long> reports = new EnumMap<>(WorkerEventType.class);
    private long incarnations;
    private long commandsNotUnderstood;
    private long busyNanos;
    private long idleNanos;

    WorkerReporter(
            String instanceId,
            EngineMetrics engineMetrics,
            WorkerMetrics workerMetrics,
            Consumer<String> notices) {
        this.instanceId = instanceId;
        this.engineMetrics = engineMetrics;
        this.workerMetrics = workerMetrics;
        this.notices = notices;
    }

    @Override
    public void begun(long incarnation) {
        incarnations++;
        workerMetrics.begun(incarnation);
        if (incarnations > 1) {
            notices.accept(
                    "%s begins anew as incarnation %d: its lease was over, or it was fenced"
                            .formatted(instanceId, incarnation));
        }
    }

    @Override
    public void registered(long incarnation) {
        notices.accept("%s registered as incarnation %d".formatted(instanceId, incarnation));
    }

    @Override
    public void reported(WorkerEvent event) {
        reports.merge(event.getType(), 1L, Long::sum);
        workerMetrics.reported(event);
    }

    @Override
    public void stepped(
            EngineSnapshot engine, Occupancy occupancy, int acceptedRuns, long aheadMillis) {
        busyNanos = occupancy.busyNanos();
        idleNanos = occupancy.idleWhileQueuedNanos();
        engineMetrics.stepped(engine);
        workerMetrics.stepped(occupancy, acceptedRuns, aheadMillis);
    }

    @Override
    public void understood(DispatchCommand command) {
        workerMetrics.understood(command);
    }

    @Override
    public void notUnderstood(DispatchCommand command, IllegalArgumentException reason) {
        workerMetrics.ignored("not_understood");
        commandsNotUnderstood++;
        if (commandsNotUnderstood == 1) {
            notices.accept(
                    "%s ignores a command, and counts more of the kind: %s"
                            .formatted(instanceId, reason.getMessage()));
        }
    }

    /** The page of metrics. Any thread. */
    String metrics() {
        return engineMetrics.page().text() + workerMetrics.page().text();
    }

    /** What the worker did, told when it has ended. */
    WorkerSummary summary() {
        return new WorkerSummary(
                instanceId, Map.copyOf(reports), incarnations, busyNanos, idleNanos);
    }
}
