package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/** The request that must start soonest to meet its deadline goes first; those without, last. */
public final class LeastSlackFirst implements OrderingPolicy {

    /** Slack above this counts as equally far back: one hour, in milliseconds. */
    private static final double MOST_SLACK_MILLIS = 3_600_000;

    @Override
    public String name() {
        return "least-slack";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        double latestStart = latestStartMillis(request, service);
        return new SortKey(latestStart, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        double start = latestStartMillis(standing.request(), standing.service());
        return Double.isInfinite(start)
                ? "no deadline"
                : "must start within %.1f ms".formatted(start - standing.nowMillis());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        double slack = latestStartMillis(request, service) - request.submittedAtMillis();
        return Math.max(0, Math.min(slack, MOST_SLACK_MILLIS)) / MOST_SLACK_MILLIS;
    }

    private static double latestStartMillis(PendingRequest request, ServiceModel service) {
        return request.deadlineMillis() == PendingRequest.NEVER
                ? Double.POSITIVE_INFINITY
                : request.deadlineMillis() - service.serviceMillis(request);
    }
}
