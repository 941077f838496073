package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.List;

/**
 * The instance that would be done first: least predicted work assigned and not ended for each
 * sequence that it runs at once, plus the predicted service time of the request itself, so that
 * fast and slow hardware share fairly.
 */
public final class LeastOutstanding implements RoutingPolicy {

    @Override
    public String name() {
        return "least-outstanding";
    }

    @Override
    public String reason(PendingRequest request) {
        return "done first by what is outstanding";
    }

    @Override
    public FleetInstance choose(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        FleetInstance first = candidates.get(0);
        double firstMillis = doneMillis(first, request, work);
        for (FleetInstance instance : candidates) {
            double millis = doneMillis(instance, request, work);
            if (millis < firstMillis) {
                first = instance;
                firstMillis = millis;
            }
        }
        return first;
    }

    private static double doneMillis(
            FleetInstance instance, PendingRequest request, OutstandingWork work) {
        double ahead = work.millisOn(instance.instanceId()) / instance.capacity().maxSequences();
        return ahead + OutstandingWork.predict(instance, request);
    }
}
