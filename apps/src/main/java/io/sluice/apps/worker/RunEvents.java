package io.sluice.apps.worker;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.WorkerReport;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;
import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.wire.AcceptedRuns;
import io.sluice.wire.WorkerEvents;

import java.util.List;

/**
 * What a ledger keeps of a run: the very event that tells of it, copies of the command included, so
 * that it can be told again by a process that has never seen the command.
 */
final class RunEvents {

    private RunEvents() {}

    /** The entry that an event in the ledger stands for. */
    static LedgerEntry entry(WorkerEvent event, boolean published) {
        WorkerReport.OfRun terminal =
                event.getType() == WorkerEventType.ACCEPTED ? null : WorkerEvents.ofRun(event);
        return new LedgerEntry(accepted(event), terminal, published);
    }

    /** The dispatch id that an event in the ledger is about. */
    static DispatchId id(WorkerEvent event) {
        return DispatchId.of(accepted(event).run());
    }

    private static AcceptedRun accepted(WorkerEvent event) {
        return AcceptedRuns.read(event.getAccepted().get(0));
    }

    /** An event as the ledger keeps it. */
    static WorkerEvent forLedger(WorkerEvent.Builder event, AcceptedRun accepted) {
        return event.setAccepted(List.of(AcceptedRuns.record(accepted))).build();
    }
}
