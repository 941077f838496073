package io.sluice.sim.result;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one run came to. Times are seconds.
 *
 * @param requests how many there were
 * @param completed how many got their last token
 * @param latency arrival to last token of those that completed
 * @param byRank the same by true class, 0 the most urgent
 * @param waits other times of those that completed
 * @param makespan start of the clock to the last end
 * @param throughput completed requests for each second of the makespan
 * @param work what the engines did
 * @param deadlines what became of requests with a deadline
 * @param workflows what became of workflows
 */
public record RunFigures(
        long requests,
        long completed,
        Distribution latency,
        SortedMap<Integer, Distribution> byRank,
        Waits waits,
        double makespan,
        double throughput,
        Work work,
        Deadlines deadlines,
        Workflows workflows) {

    /** Keeps a copy of the map. */
    public RunFigures {
        byRank = Collections.unmodifiableSortedMap(new TreeMap<>(byRank));
    }

    /** Figures of a run without workflows that only knows how many deadlines were missed. */
    public RunFigures(
            long requests,
            long completed,
            Distribution latency,
            SortedMap<Integer, Distribution> byRank,
            Waits waits,
            double makespan,
            double throughput,
            Work work,
            long misses) {
        this(
                requests,
                completed,
                latency,
                byRank,
                waits,
                makespan,
                throughput,
                work,
                new Deadlines(misses, 0, 0),
                Workflows.NONE);
    }

    /** Requests with a deadline that did not complete by it, rejected ones included. */
    public long misses() {
        return deadlines.misses();
    }

    /**
     * What became of requests with a deadline.
     *
     * @param misses those that did not complete by it, rejected ones included
     * @param rejectedEarly those that were rejected while it still lay ahead
     * @param wastedTokens output tokens made for any request that did not complete, or not by its
     *     deadline
     */
    public record Deadlines(long misses, long rejectedEarly, long wastedTokens) {}

    /**
     * What became of workflows.
     *
     * @param count how many there were
     * @param completed how many of them completed, with all their requests
     * @param latency of those: from the first arrival to the last token
     */
    public record Workflows(long count, long completed, Distribution latency) {

        /** There were none. */
        public static final Workflows NONE = new Workflows(0, 0, Distribution.EMPTY);
    }

    /**
     * Times of a run besides the whole.
     *
     * @param queue arrival to the first time it was sent to an instance
     * @param ttft arrival to the first token
     * @param tpot each token after the first
     * @param perToken the whole, divided by the output's length
     */
    public record Waits(
            Distribution queue, Distribution ttft, Distribution tpot, Distribution perToken) {

        /** Nothing is known. */
        public static final Waits UNKNOWN =
                new Waits(
                        Distribution.EMPTY,
                        Distribution.EMPTY,
                        Distribution.EMPTY,
                        Distribution.EMPTY);
    }

    /**
     * What engines did.
     *
     * @param steps steps they took
     * @param meanBatch requests that decoded in a step, on average
     * @param cacheHitRate part of the prompt tokens that a prefix cache held
     * @param preemptions times that a run was interrupted, by its lane or for want of memory
     */
    public record Work(long steps, double meanBatch, double cacheHitRate, long preemptions) {}
}
