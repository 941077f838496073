package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.ServiceModel;

/**
 * More important classes first, first come first served inside a class. Lower classes can starve
 * without ageing.
 */
public final class StrictPriority implements OrderingPolicy {

    @Override
    public String name() {
        return "priority";
    }

    @Override
    public boolean classesFirst() {
        return true;
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        int rank = PriorityBand.of(request.priority()).rank();
        return new SortKey(rank, 0, request.submittedAtMillis(), request.key());
    }

    @Override
    public String describe(Standing standing) {
        PriorityBand band = PriorityBand.of(standing.request().priority());
        return "class %s, by submission".formatted(band.label());
    }

    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        return Urgency.ofBand(PriorityBand.of(request.priority()));
    }
}
