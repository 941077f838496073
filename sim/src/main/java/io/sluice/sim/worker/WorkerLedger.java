package io.sluice.sim.worker;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a worker must not forget when its process dies. An entry without a terminal report, and one
 * whose report has not been published, must be on the disk when {@link #put} returns; that a report
 * was published may be written later.
 */
public interface WorkerLedger {

    /** A number greater than any returned before, by this process or an earlier one. */
    long nextIncarnation();

    /** The entry of the id, or null. */
    @Nullable LedgerEntry find(DispatchId id);

    /** Writes an entry, replacing any before. */
    void put(LedgerEntry entry);

    /** Forgets an entry. */
    void remove(DispatchId id);

    /** All entries, in the order in which their ids were first written. */
    List<LedgerEntry> entries();
}
