package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Never preempts: whenever the GPU is free, the first of the released requests in a fixed order
 * runs to its end.
 */
public final class ReferenceSequential implements SequentialScheduler {

    private final Order order;
    private final SequentialCost cost;

    /**
     * A scheduler of an order.
     *
     * @param order which of the released requests is first
     * @param cost what work takes
     */
    public ReferenceSequential(Order order, SequentialCost cost) {
        this.order = order;
        this.cost = cost;
    }

    /** Which of the released requests is first; the earlier index where all else is equal. */
    public enum Order {
        /** First come, first served. */
        FCFS("fcfs"),
        /** The shortest, by prediction. */
        SHORTEST("sjf"),
        /** The most urgent class; in a class, first come. */
        PRIORITY("priority"),
        /** The most urgent class; in a class, the shortest by prediction. */
        PRIORITY_SHORTEST("priority-sjf");

        private final String policy;

        Order(String policy) {
            this.policy = policy;
        }
    }

    @Override
    public String name() {
        return order.policy;
    }

    @Override
    public SequentialResult run(List<SimulatedRequest> requests) {
        List<SimulatedRequest> byRelease = new ArrayList<>(requests);
        byRelease.sort(Comparator.comparingLong(SimulatedRequest::releaseNanos));
        PriorityQueue<SimulatedRequest> released = new PriorityQueue<>(comparator());
        List<SequentialResult.Served> served = new ArrayList<>();
        double now = 0;
        int next = 0;
        while (served.size() < requests.size()) {
            if (released.isEmpty()) {
                now = Math.max(now, SequentialResult.releaseSeconds(byRelease.get(next)));
            }
            while (next < byRelease.size()
                    && SequentialResult.releaseSeconds(byRelease.get(next)) <= now) {
                released.add(byRelease.get(next++));
            }
            SimulatedRequest first = released.remove();
            now += cost.request(first.promptTokens(), first.outputTokens());
            served.add(SequentialResult.Served.at(first, now));
        }
        served.sort(Comparator.comparingInt(one -> one.request().index()));
        return new SequentialResult(name(), served, 0);
    }

    private Comparator<SimulatedRequest> comparator() {
        Comparator<SimulatedRequest> arrival =
                Comparator.comparingLong(SimulatedRequest::arrivalNanos)
                        .thenComparingInt(SimulatedRequest::index);
        Comparator<SimulatedRequest> shortest = Comparator.comparingDouble(this::predictedSeconds);
        Comparator<SimulatedRequest> urgent = Comparator.comparingInt(SimulatedRequest::rank);
        return switch (order) {
            case FCFS -> arrival;
            case SHORTEST -> shortest.thenComparing(arrival);
            case PRIORITY -> urgent.thenComparing(arrival);
            case PRIORITY_SHORTEST -> urgent.thenComparing(shortest).thenComparing(arrival);
        };
    }

    private double predictedSeconds(SimulatedRequest request) {
        return cost.request(request.promptTokens(), request.predictedTokens());
    }
}
