package io.sluice.core.policy.fairness;

import io.sluice.core.policy.FairnessPolicy;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;

/** All requests are alike, whoever they come from. */
public final class NoFairness implements FairnessPolicy {

    @Override
    public String name() {
        return "none";
    }

    @Override
    public boolean sharesOut() {
        return false;
    }

    @Override
    public QueueOrder newOrder(OrderingPolicy ordering, OrderMemory memory) {
        return ordering.newOrder(memory);
    }
}
