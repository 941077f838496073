package io.sluice.sim.workload;

import io.sluice.core.model.OnFailure;

import java.util.List;

/**
 * A request's place in a workflow.
 *
 * @param workflow the workflow, by a name of its tenant's
 * @param waitFor requests of it that come first
 */
public record WorkflowStep(String workflow, List<Edge> waitFor) {

    /** Copies the list. */
    public WorkflowStep {
        waitFor = List.copyOf(waitFor);
    }

    /**
     * A request that comes first.
     *
     * @param index which one; it may arrive earlier or later
     * @param grade 0: it must have ended before. Above 0: it holds nothing back, and is at least so
     *     many classes more urgent
     * @param onFailure what becomes of the request that waits if that one does not complete
     */
    public record Edge(int index, int grade, OnFailure onFailure) {

        /** Rejects what no edge can be. */
        public Edge {
            Settings.requireBetween("index of a request to wait for", index, 0, Integer.MAX_VALUE);
            Settings.requireBetween("grade of an edge", grade, 0, Integer.MAX_VALUE);
        }

        /** Must have completed; if it does not, neither runs. */
        public static Edge on(int index) {
            return new Edge(index, 0, OnFailure.FAIL);
        }
    }
}
