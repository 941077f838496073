package io.sluice.demo.report;

import io.sluice.demo.report.WorkFigures.Utilisation;
import io.sluice.schemas.avro.CommandType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Collects commands and worker events. */
final class WorkTally {

    private record DispatchId(String tenant, String requestId, int attempt) {}

    private record Life(String instanceId, long incarnation) {}

    private final Set<DispatchId> seen = new HashSet<>();
    private final Samples overheadMillis = new Samples();
    private final Map<Life, Utilisation> latest = new HashMap<>();
    private long dispatches;
    private long redispatches;

    void command(DispatchCommand command) {
        if (command.getType() != CommandType.DISPATCH) {
            return;
        }
        dispatches++;
        DispatchId id =
                new DispatchId(
                        command.getFairnessId(), command.getRequestId(), command.getAttempt());
        boolean repeated = !seen.add(id);
        if (repeated || command.getAttempt() > 1) {
            redispatches++;
        }
    }

    void event(WorkerEvent event) {
        if (event.getType() == WorkerEventType.ACCEPTED && event.getDispatchOverheadMs() != null) {
            overheadMillis.add(event.getDispatchOverheadMs());
        }
        // Both are totals of the incarnation, so its last heartbeat says all.
        if (event.getBusyMs() != null && event.getIdleWhileQueuedMs() != null) {
            latest.put(
                    new Life(event.getInstanceId(), event.getIncarnation()),
                    new Utilisation(event.getBusyMs(), event.getIdleWhileQueuedMs()));
        }
    }

    WorkFigures figures() {
        SortedMap<String, Utilisation> instances = new TreeMap<>();
        latest.forEach((life, use) -> instances.merge(life.instanceId(), use, Utilisation::plus));
        return new WorkFigures(dispatches, redispatches, overheadMillis.distribution(), instances);
    }
}
