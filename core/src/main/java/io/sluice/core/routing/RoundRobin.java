package io.sluice.core.routing;

import io.sluice.core.model.PendingRequest;

import java.util.List;

/** Each instance in turn. */
public final class RoundRobin implements RoutingPolicy {

    private int turn;

    @Override
    public String name() {
        return "round-robin";
    }

    @Override
    public String reason(PendingRequest request) {
        return "its turn";
    }

    @Override
    public FleetInstance choose(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        FleetInstance chosen = candidates.get(Math.floorMod(turn, candidates.size()));
        turn++;
        return chosen;
    }

    /** By how many turns each is away from its own. */
    @Override
    public double[] scores(
            PendingRequest request, List<FleetInstance> candidates, OutstandingWork work) {
        double[] scores = new double[candidates.size()];
        for (int i = 0; i < scores.length; i++) {
            scores[i] = -Math.floorMod(i - turn, scores.length);
        }
        return scores;
    }
}
