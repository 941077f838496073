package io.sluice.sim.protocol;

import io.sluice.core.model.SettledRequest;

import java.util.ArrayList;
import java.util.List;

/** The journal of outcomes. */
final class SettleTask extends Task {

    static final String NAME = "settle";

    /**
     * What survives.
     *
     * @param prepared transactions that were not known to be committed, oldest first
     */
    record State(List<Transaction> prepared) {
        static final State EMPTY = new State(List.of());

        State {
            prepared = List.copyOf(prepared);
        }
    }

    private final List<SettledRequest> open = new ArrayList<>();
    private final List<Transaction> prepared = new ArrayList<>();

    SettleTask(Attempt attempt) {
        super(attempt, NAME);
        State state = (State) attempt.restored(NAME, State.EMPTY);
        state.prepared().forEach(transaction -> transaction.commit(world().outcomes));
        if (world().obeys(Rule.WRITTEN_AGAIN) && !state.prepared().isEmpty()) {
            Transaction last = state.prepared().get(state.prepared().size() - 1);
            open.addAll(last.outcomes());
        }
    }

    @Override
    void process(Message message) {
        SettledRequest outcome = ((Message.Closed) message).outcome();
        if (world().trace.isOn()) {
            world().trace(
                            "settle "
                                    + outcome.key()
                                    + " "
                                    + outcome.outcome()
                                    + " attempt "
                                    + outcome.attempt()
                                    + " at "
                                    + outcome.instanceId());
        }
        if (world().obeys(Rule.TRANSACTIONS)) {
            open.add(outcome);
        } else {
            world().outcomes.append(0, outcome);
        }
    }

    @Override
    Object snapshot() {
        prepared.add(new Transaction(open));
        open.clear();
        return new State(prepared);
    }

    @Override
    void forward(Message.Barrier barrier) {
        // Nothing follows.
    }

    /** The checkpoint that prepared the transactions is complete. */
    void commit() {
        prepared.forEach(transaction -> transaction.commit(world().outcomes));
        prepared.clear();
    }
}
