package io.sluice.sim.worker;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ledger in memory: for simulations and tests, where the worker's disk is an object that outlives
 * it.
 */
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

    /** Forgets every run, but not how many incarnations there were. */
    public void clear() {
        entries.clear();
    }

    @Override
    public List<LedgerEntry> entries() {
        return List.copyOf(entries.values());
    }
}
