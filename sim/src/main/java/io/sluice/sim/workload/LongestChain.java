package io.sluice.sim.workload;

import io.sluice.sim.workload.WorkflowStep.Edge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The critical path of a workflow: however many machines there are, it takes no less than its
 * longest chain of requests that wait for each other.
 */
public final class LongestChain {

    private final Map<Integer, SimulatedRequest> byIndex = new HashMap<>();
    private final Map<Integer, Double> endOf = new HashMap<>();
    private final ToDoubleFunction<SimulatedRequest> service;

    private LongestChain(
            List<SimulatedRequest> requests, ToDoubleFunction<SimulatedRequest> service) {
        requests.forEach(request -> byIndex.put(request.index(), request));
        this.service = service;
    }

    /**
     * Its length.
     *
     * @param requests all of a workflow, or of several, with no cycle among the edges that hold
     * @param service how long each takes by itself
     */
    public static double of(
            List<SimulatedRequest> requests, ToDoubleFunction<SimulatedRequest> service) {
        LongestChain chain = new LongestChain(requests, service);
        return requests.stream().mapToDouble(chain::end).max().orElse(0);
    }

    /** When a request would end if nothing but its predecessors kept it waiting. */
    private double end(SimulatedRequest request) {
        Double known = endOf.get(request.index());
        if (known != null) {
            return known;
        }
        double start = 0;
        WorkflowStep step = request.step();
        for (Edge edge : step == null ? List.<Edge>of() : step.waitFor()) {
            SimulatedRequest before = byIndex.get(edge.index());
            if (before != null && edge.grade() == 0) {
                start = Math.max(start, end(before));
            }
        }
        double end = start + service.applyAsDouble(request);
        endOf.put(request.index(), end);
        return end;
    }
}
