package io.sluice.core.policy.preemption;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.Exchange;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.core.prediction.ServiceModel;

/**
 * Whoever stands first in the order runs, whatever it costs: running and waiting requests are
 * ranked together at every scheduling point.
 */
public final class AlwaysPreempt implements PreemptionPolicy {

    @Override
    public String name() {
        return "always";
    }

    @Override
    public Exchange weigh(PendingRequest waiting, PendingRequest running, ServiceModel service) {
        return Exchange.AT_ANY_COST;
    }
}
