package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.List;
import java.util.Map;

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

    /**
     * How it would choose now: a score for each candidate, in their order; higher is better, and
     * the first of the best would be chosen. Changes nothing.
     */
    double[] scores(PendingRequest request, List<FleetInstance> candidates, OutstandingWork work);

    /** What the score of an instance is the sum of, by name; empty if it is of one piece. */
    default Map<String, Double> parts(
            PendingRequest request, FleetInstance instance, OutstandingWork work) {
        return Map.of();
    }

    /** The candidates that stand best now, best first, as many as are wanted. */
    default List<Candidate> best(
            int most,
            PendingRequest request,
            List<FleetInstance> candidates,
            OutstandingWork work) {
        return most == 0 ? List.of() : Ranking.best(most, this, request, candidates, work);
    }
}
