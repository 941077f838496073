package io.sluice.apps.worker;

import io.sluice.sim.worker.DispatchId;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * The command that the protocol is taking in at this moment. What the ledger and the reports copy
 * from a command does not pass through the protocol, which has no use for it; it is found here.
 */
final class Intake {
    private @Nullable Receipt receipt;
    private @Nullable DispatchId id;

    /** Does something with the protocol while a command is being taken in. */
    void during(Receipt current, @Nullable DispatchId dispatched, Runnable action) {
        receipt = current;
        id = dispatched;
        try {
            action.run();
        } finally {
            receipt = null;
            id = null;
        }
    }

    /** The command that dispatches a run, if it is being taken in right now. */
    Optional<Receipt> of(DispatchId run) {
        return run.equals(id) ? Optional.ofNullable(receipt) : Optional.empty();
    }
}
