package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

/** Decides which waiting requests of a lane go now, and to which instance. */
interface Dispatcher {

    /**
     * Sends what can be sent, but not too much at once.
     *
     * @return whether it stopped for that reason
     */
    boolean dispatch(long now);

    /** When to look again though nothing happens; {@link PendingRequest#NEVER} if never. */
    default long nextMillis() {
        return PendingRequest.NEVER;
    }
}
