package io.sluice.core.policy.preemption;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.Exchange;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.core.prediction.ServiceModel;

/** What has started runs to its end. */
public final class NeverPreempt implements PreemptionPolicy {

    @Override
    public String name() {
        return "never";
    }

    @Override
    public boolean interruptsRuns() {
        return false;
    }

    @Override
    public Exchange weigh(PendingRequest waiting, PendingRequest running, ServiceModel service) {
        return Exchange.NEVER;
    }
}
