package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * Earliest deadline first, then the more important class. Requests without a deadline go last,
 * first come first served within their class.
 */
public final class EarliestDeadlineFirst implements OrderingPolicy {

    @Override
    public String name() {
        return "edf";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        int rank = PriorityBand.of(request.priority()).rank();
        double deadline =
                request.deadlineMillis() == PendingRequest.NEVER
                        ? Double.POSITIVE_INFINITY
                        : request.deadlineMillis();
        return new SortKey(deadline, rank, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        long deadline = standing.request().deadlineMillis();
        return deadline == PendingRequest.NEVER
                ? "no deadline"
                : "deadline in %d ms".formatted(deadline - standing.nowMillis());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        if (request.deadlineMillis() == PendingRequest.NEVER) {
            return 1;
        }
        return Urgency.ofSlack((double) request.deadlineMillis() - request.submittedAtMillis());
    }
}
