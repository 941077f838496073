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
 *
 * <p>Counted in whole microseconds: sums of these do not depend on the order in which requests came
 * and went, so instances that have the same ahead of them tie, after a restore as before it.
 */
public final class OutstandingWork {

    private static final double MICROS_PER_MILLI = 1_000;

    /** Months. More is said of no run, and a million of these can be added up. */
    private static final double MOST_MILLIS = 9e9;

    private final Map<String, Long> micros = new HashMap<>();

    /** Predicted milliseconds of work that the instance has ahead of it. */
    public double millisOn(String instanceId) {
        return micros.getOrDefault(instanceId, 0L) / MICROS_PER_MILLI;
    }

    /** The same for each sequence that it runs at once: about when it would get to another one. */
    public double millisAheadOn(FleetInstance instance) {
        return millisOn(instance.instanceId()) / instance.capacity().maxSequences();
    }

    /** Counts an assignment. */
    public void add(FleetInstance instance, PendingRequest request) {
        add(instance.instanceId(), predict(instance, request));
    }

    /** Counts work of a known size, in milliseconds. */
    public void add(String instanceId, double work) {
        micros.merge(instanceId, micros(work), Long::sum);
    }

    /** Takes an assignment off again. */
    public void remove(String instanceId, double work) {
        long done = micros(work);
        micros.computeIfPresent(
                instanceId, (id, before) -> before > done ? (Long) (before - done) : null);
    }

    private static long micros(double millis) {
        return Math.round(Math.min(millis, MOST_MILLIS) * MICROS_PER_MILLI);
    }

    /** Forgets everything, to be recounted. */
    public void clear() {
        micros.clear();
    }

    /** Predicted service time of a request on an instance, in milliseconds. */
    public static double predict(FleetInstance instance, PendingRequest request) {
        return ServiceModel.of(instance.capacity()).serviceMillis(request);
    }
}
