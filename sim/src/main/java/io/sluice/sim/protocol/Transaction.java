package io.sluice.sim.protocol;

import io.sluice.core.model.SettledRequest;

import java.util.List;

/** Outcomes that become visible together or never. */
final class Transaction {

    private enum State {
        PREPARED,
        COMMITTED,
        ABORTED
    }

    private final List<SettledRequest> outcomes;
    private State state = State.PREPARED;

    Transaction(List<SettledRequest> outcomes) {
        this.outcomes = List.copyOf(outcomes);
    }

    List<SettledRequest> outcomes() {
        return outcomes;
    }

    /** Makes the outcomes visible; without effect if that was done before, or is too late. */
    void commit(Topic<SettledRequest> topic) {
        if (state == State.PREPARED) {
            state = State.COMMITTED;
            outcomes.forEach(outcome -> topic.append((Object) outcome.key(), outcome));
        }
    }

    /** The broker has lost patience; returns whether that was before the commit. */
    boolean timeOut() {
        if (state != State.PREPARED) {
            return false;
        }
        state = State.ABORTED;
        return true;
    }
}
