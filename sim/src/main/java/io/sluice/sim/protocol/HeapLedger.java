package io.sluice.sim.protocol;

import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.sim.worker.WorkerLedger;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A worker's disk. */
final class HeapLedger implements WorkerLedger {

    private final World world;
    private final Map<DispatchId, LedgerEntry> entries = new LinkedHashMap<>();
    private long incarnation;

    HeapLedger(World world) {
        this.world = world;
    }

    @Override
    public long nextIncarnation() {
        return ++incarnation;
    }

    @Override
    public @Nullable LedgerEntry find(DispatchId id) {
        return world.obeys(Rule.DISPATCH_IDS) ? entries.get(id) : null;
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
        return world.obeys(Rule.ENDS_BEFORE_REGISTERING)
                ? List.copyOf(entries.values())
                : List.of();
    }

    /** The process that wrote it has died. */
    void processDied() {
        if (!world.obeys(Rule.DURABLE_LEDGER)) {
            entries.clear();
        }
    }
}
