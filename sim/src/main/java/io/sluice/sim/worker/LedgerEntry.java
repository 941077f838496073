package io.sluice.sim.worker;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;

import org.jspecify.annotations.Nullable;

/**
 * What a worker's ledger says of one dispatch id.
 *
 * @param accepted the run, as heartbeats list it
 * @param terminal its terminal report, or null while it runs
 * @param published whether the broker has acknowledged the terminal report
 */
public record LedgerEntry(
        AcceptedRun accepted, WorkerReport.@Nullable OfRun terminal, boolean published) {

    /** A run that was taken in just now. */
    static LedgerEntry accepted(AcceptedRun run) {
        return new LedgerEntry(run, null, false);
    }

    /** The run. */
    public RunId run() {
        return accepted.run();
    }

    /** Its dispatch id. */
    public DispatchId id() {
        return DispatchId.of(run());
    }

    LedgerEntry ended(WorkerReport.OfRun report) {
        return new LedgerEntry(accepted, report, false);
    }

    LedgerEntry markPublished() {
        return new LedgerEntry(accepted, terminal, true);
    }
}
