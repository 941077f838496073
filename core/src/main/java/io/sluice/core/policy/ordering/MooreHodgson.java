package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * As few late requests as can be: earliest deadline first among those that can all be met, then
 * those without a deadline, then those that are given up. Which are given up is decided anew
 * whenever something goes; see {@link FewestLate}. Planned are those that are due first, up to a
 * horizon: a plan costs the same however many wait.
 *
 * <p>That is the optimum for a group of requests that all wait when it begins, that run one at a
 * time, and whose predictions are right: a closed batch on a sequential machine, no larger than the
 * horizon. Where an instance runs B at once a request is taken to cost those behind it a B-th of
 * its service time.
 */
public final class MooreHodgson implements OrderingPolicy {

    /** Name in the catalogue. */
    static final String NAME = "moore-hodgson";

    private final int horizon;

    /**
     * Creates the policy.
     *
     * @param horizon how many are planned, those that are due first; 1 or more
     */
    public MooreHodgson(int horizon) {
        if (horizon < 1) {
            throw new IllegalArgumentException("horizon must be at least 1, got " + horizon);
        }
        this.horizon = horizon;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Interruptions interruptions() {
        return Interruptions.IMPOSSIBLE;
    }

    /** By deadline; the queue gives up what cannot be met. */
    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return new SortKey(
                request.deadlineMillis() == PendingRequest.NEVER
                        ? Double.POSITIVE_INFINITY
                        : request.deadlineMillis(),
                service.serviceMillis(request),
                request.submittedAtMillis(),
                request.key());
    }

    @Override
    public QueueOrder newOrder(OrderMemory memory) {
        return new MooreHodgsonOrder(horizon, memory);
    }

    @Override
    public String describe(Standing standing) {
        long deadline = standing.request().deadlineMillis();
        return deadline == PendingRequest.NEVER
                ? "no deadline"
                : "deadline in %d ms, needs %.0f ms"
                        .formatted(
                                deadline - standing.nowMillis(),
                                standing.service().serviceMillis(standing.request()));
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return request.deadlineMillis() == PendingRequest.NEVER
                ? 1
                : Urgency.ofSlack((double) request.deadlineMillis() - request.submittedAtMillis());
    }
}
