package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * Shortest predicted service time first. Best mean waiting time, and long requests can starve
 * without ageing.
 */
public final class ShortestJobFirst implements OrderingPolicy {

    @Override
    public String name() {
        return "sjf";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        double millis = service.serviceMillis(request);
        return new SortKey(millis, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        double millis = standing.service().serviceMillis(standing.request());
        return "%.1f ms of service left".formatted(millis);
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return Urgency.ofService(service.serviceMillis(request));
    }
}
