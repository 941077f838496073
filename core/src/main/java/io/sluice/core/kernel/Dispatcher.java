package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;

/** Decides which waiting requests of a lane go now, and to which instance. */
interface Dispatcher {

    /** The one that goes by a lane's policies. */
    static Dispatcher of(Lane lane, PendingStore store, LaneSettings settings) {
        return settings.policies().preemption().interruptsRuns()
                ? new Reranker(lane, store, settings)
                : new InOrder(lane, store, settings);
    }

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
