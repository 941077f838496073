package io.sluice.jobs.testing;

import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.sim.worker.WorkerLedger;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A worker's disk, in memory. */
public final class HeapLedger implements WorkerLedger {

    private final Map<DispatchId, LedgerEntry> entries = new LinkedHashMap<>();
    private long incarnation;

    @Override
    public long nextIncarnation() {
        return ++incarnation;
    }

    @Override
    public @Nullable LedgerEntry find(DispatchId id) {
        return entries.get(id);
    }

    @Override
    public void put(LedgerEntry entry) {
        entries.put(entry.id(), entry);
    }

    @Override
    public void remove(DispatchId id) {
        entries.remove(id);
    }

    @Override
    public List<LedgerEntry> entries() {
        return List.copyOf(entries.values());
    }
}
