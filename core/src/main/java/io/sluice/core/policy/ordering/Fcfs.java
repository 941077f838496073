package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * First come, first served, by the broker's time of submission. What was interrupted goes before
 * what has not started.
 */
public final class Fcfs implements OrderingPolicy {

    @Override
    public String name() {
        return "fcfs";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        int stage = request.progress().hasStarted() ? 0 : 1;
        return new SortKey(stage, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        boolean started = standing.request().progress().hasStarted();
        return started ? "by submission, has run before" : "by submission";
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
