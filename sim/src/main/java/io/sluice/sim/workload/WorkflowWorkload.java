package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;
import io.sluice.sim.workload.WorkflowStep.Edge;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Workflows: graphs of requests that wait for others, with fan-outs and joins. All requests of one
 * arrive together, the last step first, as from a client that knows its plan: so what waits for a
 * step is known when it may run, and with it the length of the chain behind it. Drawn as it is
 * read, one workflow at a time, each from streams of its own.
 */
public final class WorkflowWorkload implements Workload {

    private final WorkflowSettings settings;

    /** A workload with settings. */
    public WorkflowWorkload(WorkflowSettings settings) {
        this.settings = settings;
    }

    @Override
    public String name() {
        return "workflows";
    }

    @Override
    public Iterator<SimulatedRequest> requests(long seed) {
        return new Stream(seed);
    }

    private final class Stream implements Iterator<SimulatedRequest> {

        private final long seed;
        private final ArrivalTimes arrivals;
        private final Deque<SimulatedRequest> drawn = new ArrayDeque<>();
        private int workflows;
        private int nextIndex;

        Stream(long seed) {
            this.seed = seed;
            this.arrivals = ArrivalTimes.of(settings.arrivals(), seed);
        }

        @Override
        public boolean hasNext() {
            return !drawn.isEmpty() || workflows < settings.workflows();
        }

        @Override
        public SimulatedRequest next() {
            if (!hasNext()) {
                throw new NoSuchElementException("all " + workflows + " workflows are drawn");
            }
            if (drawn.isEmpty()) {
                draw(workflows++, arrivals.getAsLong());
            }
            return drawn.removeFirst();
        }

        private void draw(int workflow, long arrivalNanos) {
            Draws prompts = Draws.of(seed, "prompts", workflow);
            Draws outputs = Draws.of(seed, "outputs", workflow);
            for (List<Edge> waitFor : edges(workflow)) {
                drawn.add(
                        SimulatedRequest.of(
                                        nextIndex++,
                                        arrivalNanos,
                                        settings.prompts().draw(prompts),
                                        settings.outputs().draw(outputs))
                                .withStep(new WorkflowStep("w" + workflow, waitFor)));
            }
        }

        /** What each step waits for, the last step first. */
        private List<List<Edge>> edges(int workflow) {
            List<List<Integer>> layers = layers(Draws.of(seed, "layers", workflow));
            Draws draws = Draws.of(seed, "edges", workflow);
            List<List<Edge>> waitFor = new ArrayList<>();
            Set<Integer> awaited = new HashSet<>();
            for (int layer = layers.size() - 1; layer >= 0; layer--) {
                for (int step = 0; step < layers.get(layer).size(); step++) {
                    List<Edge> chosen = layer == 0 ? List.of() : some(layers.get(layer - 1), draws);
                    chosen.forEach(edge -> awaited.add(edge.index()));
                    waitFor.add(chosen);
                }
            }
            waitFor.set(0, joined(waitFor, awaited));
            return waitFor;
        }

        /** Indices of the requests, the first step in the first layer; the last step is first. */
        private List<List<Integer>> layers(Draws draws) {
            WorkflowSettings.Shape shape = settings.shape();
            int between =
                    shape.leastLayers() + draws.below(shape.mostLayers() - shape.leastLayers() + 1);
            List<Integer> widths = new ArrayList<>();
            widths.add(1);
            for (int layer = 0; layer < between; layer++) {
                widths.add(1 + draws.below(shape.mostWidth()));
            }
            widths.add(1);
            int index = nextIndex + widths.stream().mapToInt(Integer::intValue).sum();
            List<List<Integer>> layers = new ArrayList<>();
            for (int width : widths) {
                List<Integer> layer = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    layer.add(--index);
                }
                layers.add(layer);
            }
            return layers;
        }

        private List<Edge> some(List<Integer> before, Draws draws) {
            int always = draws.below(before.size());
            List<Edge> chosen = new ArrayList<>();
            for (int i = 0; i < before.size(); i++) {
                boolean also = draws.uniform() < settings.shape().density();
                if (i == always || also) {
                    chosen.add(Edge.on(before.get(i)));
                }
            }
            return chosen;
        }

        /** The last step waits for whatever nobody else waits for. */
        private List<Edge> joined(List<List<Edge>> waitFor, Set<Integer> awaited) {
            List<Edge> joins = new ArrayList<>(waitFor.get(0));
            for (int step = 1; step < waitFor.size(); step++) {
                if (!awaited.contains(nextIndex + step)) {
                    joins.add(Edge.on(nextIndex + step));
                }
            }
            return joins;
        }
    }
}
