package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * More important classes first, shortest predicted remaining time inside a class: the queue key
 * (class, remaining time) of semantic scheduling (arXiv 2506.12204).
 */
public final class Semantic implements OrderingPolicy {

    @Override
    public String name() {
        return "semantic";
    }

    @Override
    public boolean classesFirst() {
        return true;
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        int rank = PriorityBand.of(request.priority()).rank();
        double millis = service.serviceMillis(request);
        return new SortKey(rank, millis, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        PriorityBand band = PriorityBand.of(standing.request().priority());
        double millis = standing.service().serviceMillis(standing.request());
        return "class %s, %.1f ms of service left".formatted(band.label(), millis);
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        PriorityBand band = PriorityBand.of(request.priority());
        return Urgency.ofBandThenService(band, service.serviceMillis(request));
    }
}
