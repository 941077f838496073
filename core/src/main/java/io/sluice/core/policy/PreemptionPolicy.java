package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

/**
 * Decides whether a waiting request takes the place of a running one that the order puts behind it.
 * Immutable.
 */
public interface PreemptionPolicy {

    /** Name in the catalogue. */
    String name();

    /** Whether runs are ever interrupted; if not, the rest is never asked. */
    default boolean interruptsRuns() {
        return true;
    }

    /**
     * Weighs what interrupting brings against what it costs.
     *
     * @param waiting the request that would start
     * @param running the request that would be interrupted, with its progress
     * @param service speed of the instance
     */
    Exchange weigh(PendingRequest waiting, PendingRequest running, ServiceModel service);
}
