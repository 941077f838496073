package io.sluice.sim.sequential;

import io.sluice.sim.workload.SimulatedRequest;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a run went.
 *
 * @param policy name of the scheduler
 * @param served all requests, by index
 * @param preemptions how often a request was interrupted by another
 */
public record SequentialResult(String policy, List<Served> served, int preemptions) {

    private static final double NANOS_PER_SECOND = 1e9;

    /** Keeps a copy of the list. */
    public SequentialResult {
        served = List.copyOf(served);
    }

    /**
     * One request and its end.
     *
     * @param request what was asked
     * @param completionSeconds when it was finished, on the clock of its arrival
     * @param waitingSeconds from its release to its completion, as its scheduler counts
     */
    public record Served(
            SimulatedRequest request, double completionSeconds, double waitingSeconds) {

        /** A request that waited from its release to its completion. */
        static Served at(SimulatedRequest request, double completionSeconds) {
            return new Served(
                    request, completionSeconds, completionSeconds - releaseSeconds(request));
        }
    }

    /** When a request may be scheduled, in seconds. */
    static double releaseSeconds(SimulatedRequest request) {
        return request.releaseNanos() / NANOS_PER_SECOND;
    }

    /** Seconds waited by all requests together. */
    public double totalWaitingSeconds() {
        return served.stream().mapToDouble(Served::waitingSeconds).sum();
    }

    /** Mean seconds waited, by true class; only classes that have requests. */
    public SortedMap<Integer, Double> meanWaitingSecondsByRank() {
        SortedMap<Integer, Double> sums = new TreeMap<>();
        SortedMap<Integer, Integer> counts = new TreeMap<>();
        for (Served one : served) {
            sums.merge(one.request().trueRank(), one.waitingSeconds(), Double::sum);
            counts.merge(one.request().trueRank(), 1, Integer::sum);
        }
        sums.replaceAll((rank, sum) -> sum / counts.getOrDefault(rank, 1));
        return sums;
    }

    /** Seconds from the start of the clock to the last completion; 0 if there was no request. */
    public double makespanSeconds() {
        return served.stream().mapToDouble(Served::completionSeconds).max().orElse(0);
    }
}
