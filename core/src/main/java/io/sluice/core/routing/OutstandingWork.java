package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.prediction.ServiceModel;

import java.util.HashMap;
import java.util.Map;

/**
 * Work that one router has assigned and not seen end, in predicted milliseconds by instance.
 * Derived from the router's records, so it is recounted after a restore and never stored. With
 * several routers each counts its own share of the requests, which is a random one, so balancing
 * the shares balances the whole.
 */
public final class OutstandingWork {

    private final Map<String, Double> millis = new HashMap<>();

    /** Predicted milliseconds of work that the instance has ahead of it. */
    public double millisOn(String instanceId) {
        return millis.getOrDefault(instanceId, 0.0);
    }

    /** Counts an assignment. */
    public void add(FleetInstance instance, PendingRequest request) {
        add(instance.instanceId(), predict(instance, request));
    }

    /** Counts work of a known size. */
    public void add(String instanceId, double work) {
        millis.merge(instanceId, work, Double::sum);
    }

    /** Takes an assignment off again. */
    public void remove(String instanceId, double work) {
        millis.computeIfPresent(
                instanceId, (id, before) -> before - work > 0 ? before - work : null);
    }

    /** Forgets everything, to be recounted. */
    public void clear() {
        millis.clear();
    }

    /** Predicted service time of a request on an instance, in milliseconds. */
    public static double predict(FleetInstance instance, PendingRequest request) {
        return ServiceModel.of(instance.capacity()).serviceMillis(request);
    }
}
