package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.BatchFormation.Closed;
import io.sluice.core.policy.LanePolicies;

/** Decides which waiting requests of a lane go now, and to which instance. */
interface Dispatcher {

    /** The one that goes by a lane's policies. */
    static Dispatcher of(Lane lane, LaneSettings settings) {
        LanePolicies policies = settings.policies();
        if (policies.preemption().interruptsRuns()) {
            return new Reranker(lane, settings);
        }
        return policies.batching() instanceof Closed rule
                ? new ClosedBatches(lane, rule)
                : new InOrder(lane, settings);
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
