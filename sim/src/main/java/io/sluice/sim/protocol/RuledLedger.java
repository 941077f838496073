package io.sluice.sim.protocol;

import io.sluice.sim.worker.DispatchId;
import io.sluice.sim.worker.HeapLedger;
import io.sluice.sim.worker.LedgerEntry;
import io.sluice.sim.worker.WorkerLedger;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A worker's disk, for as long as the rules about it hold. */
final class RuledLedger implements WorkerLedger {

    private final World world;
    private final HeapLedger disk = new HeapLedger();
    private long lastIncarnation;

    RuledLedger(World world) {
        this.world = world;
    }

    @Override
    public long nextIncarnation() {
        long next = lastIncarnation + 1;
        boolean clocked = world.obeys(Rule.CLOCKED_INCARNATION);
        lastIncarnation = clocked ? Math.max(next, world.now()) : next;
        return lastIncarnation;
    }

    @Override
    public @Nullable LedgerEntry find(DispatchId id) {
        return world.obeys(Rule.DISPATCH_IDS) ? disk.find(id) : null;
    }

    @Override
    public void put(LedgerEntry entry) {
        disk.put(entry);
    }

    @Override
    public void remove(DispatchId id) {
        disk.remove(id);
    }

    @Override
    public List<LedgerEntry> entries() {
        return world.obeys(Rule.ENDS_BEFORE_REGISTERING) ? disk.entries() : List.of();
    }

    /** The disk is lost, and with it the number of the last incarnation. */
    void lose() {
        disk.clear();
        lastIncarnation = 0;
    }

    /** The process that wrote it has died. */
    void processDied() {
        if (!world.obeys(Rule.DURABLE_LEDGER)) {
            disk.clear();
        }
    }
}
