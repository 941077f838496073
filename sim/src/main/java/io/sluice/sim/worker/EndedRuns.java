package io.sluice.sim.worker;

import java.util.ArrayDeque;

/** Runs that have ended, whose ledger entries are kept for a while for repeated commands. */
final class EndedRuns {

    private record Ended(DispatchId id, long atMillis) {}

    private final WorkerLedger ledger;
    private final ArrayDeque<Ended> ended = new ArrayDeque<>();

    EndedRuns(WorkerLedger ledger) {
        this.ledger = ledger;
    }

    /** A run has ended now. */
    void remember(DispatchId id, long now) {
        ended.add(new Ended(id, now));
    }

    /** Drops what has ended up to a time, and no repeated command can name any more. */
    void forget(long upToMillis) {
        while (!ended.isEmpty() && ended.getFirst().atMillis() <= upToMillis) {
            ledger.remove(ended.removeFirst().id());
        }
    }
}
