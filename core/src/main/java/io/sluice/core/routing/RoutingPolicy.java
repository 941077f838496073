package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.List;

/**
 * Chooses among the instances that can serve a request. One object serves one router, in one
 * thread.
 */
public interface RoutingPolicy {

    /** Name in the catalogue. */
    String name();

    /** Why it chooses as it does for such a request, for people. */
    String reason(PendingRequest request);

    /**
     * Chooses an instance.
     *
     * @param request the request
     * @param candidates at least one, by id; each lives, takes work, serves the model and can hold
     *     the request
     * @param work what this router has already assigned
     */
    FleetInstance choose(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work);
}
