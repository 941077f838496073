package io.sluice.jobs.differential;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.prediction.ServiceModel;

/** A policy with one mistake: of two requests that are otherwise alike, the later id goes first. */
record LaterIdFirst(OrderingPolicy correct) implements OrderingPolicy {

    private static final long MORE_THAN_ANY_NUMBER = 1_000_000;

    @Override
    public String name() {
        return correct.name();
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        SortKey key = correct.keyOf(request, service);
        long number = Long.parseLong(request.key().requestId().substring(1));
        return new SortKey(
                key.first(),
                key.second(),
                key.arrivalMillis() * MORE_THAN_ANY_NUMBER - number,
                key.key());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return correct.urgency(request, service);
    }

    @Override
    public double overtakingBoundMillis() {
        return correct.overtakingBoundMillis();
    }
}
