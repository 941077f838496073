package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.List;
import java.util.Map;

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

    /** When each would be done, in milliseconds from now; the sooner the better. */
    @Override
    public double[] scores(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        return candidates.stream().mapToDouble(i -> -doneMillis(i, request, work)).toArray();
    }

    @Override
    public Map<String, Double> parts(
            PendingRequest request, FleetInstance instance, OutstandingWork work) {
        return Map.of(
                "outstanding_ms",
                -work.millisAheadOn(instance),
                "service_ms",
                -OutstandingWork.predict(instance, request));
    }

    private static double doneMillis(
            FleetInstance instance, PendingRequest request, OutstandingWork work) {
        return work.millisAheadOn(instance) + OutstandingWork.predict(instance, request);
    }
}
