package io.sluice.sim.result;

import io.sluice.core.model.RequestKey;
import io.sluice.sim.fleet.RequestResult;
import io.sluice.sim.workload.SimulatedRequest;
import io.sluice.sim.workload.WorkflowStep;

import java.util.HashMap;
import java.util.Map;

/** How long workflows take. Memory grows with their number, not with that of their requests. */
final class WorkflowTimes {

    private static final double NANOS_PER_SECOND = 1e9;

    /** From the first arrival to the last end, so far. */
    private record Span(long from, long to, boolean completed) {

        Span and(Span other) {
            return new Span(
                    Math.min(from, other.from),
                    Math.max(to, other.to),
                    completed && other.completed);
        }

        double seconds() {
            return (to - from) / NANOS_PER_SECOND;
        }
    }

    private final Map<RequestKey, Span> spans = new HashMap<>();

    void add(RequestResult result) {
        SimulatedRequest request = result.request();
        WorkflowStep step = request.step();
        if (step != null) {
            spans.merge(
                    new RequestKey(request.tenant(), step.workflow()),
                    new Span(request.arrivalNanos(), result.endedNanos(), result.isCompleted()),
                    Span::and);
        }
    }

    RunFigures.Workflows figures() {
        if (spans.isEmpty()) {
            return RunFigures.Workflows.NONE;
        }
        // Sorted, so that sums do not depend on the order of a hash table.
        double[] seconds =
                spans.values().stream()
                        .filter(Span::completed)
                        .mapToDouble(Span::seconds)
                        .sorted()
                        .toArray();
        Samples samples = new Samples();
        for (double value : seconds) {
            samples.add(value);
        }
        return new RunFigures.Workflows(spans.size(), seconds.length, samples.distribution());
    }
}
