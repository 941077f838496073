package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.prediction.ServiceModel;

/** First come, first served, by the broker's time of submission. */
public final class Fcfs implements OrderingPolicy {

    @Override
    public String name() {
        return "fcfs";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return new SortKey(0, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return 0;
    }

    @Override
    public double overtakingBoundMillis() {
        return 0;
    }
}
