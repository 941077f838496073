package io.sluice.core.policy.ordering;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.PriorityBand;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.SortKey;
import io.sluice.core.prediction.ServiceModel;

/**
 * More important classes first; inside a class those with the longest chain of requests waiting for
 * them, by predicted time; among equals the shortest predicted remaining time. Longest path first
 * is the classic rule for a partial order of jobs on like machines (T. C. Hu, Parallel Sequencing
 * and Assembly Line Problems, 1961).
 */
public final class CriticalPath implements OrderingPolicy {

    @Override
    public String name() {
        return "critical-path";
    }

    @Override
    public SortKey keyOf(PendingRequest request, ServiceModel service) {
        return new SortKey(
                PriorityBand.of(request.priority()).rank(),
                -request.criticalPathMillis(),
                service.serviceMillis(request),
                request.submittedAtMillis(),
                request.key());
    }

    /** By class and chain alone: remaining time only parts what is equal in both. */
    @Override
    public double urgency(PendingRequest request, ServiceModel service) {
        PriorityBand band = PriorityBand.of(request.priority());
        double left = Math.max(0, Urgency.LONGEST_SERVICE_MILLIS - request.criticalPathMillis());
        return Urgency.ofBandThenService(band, left);
    }
}
