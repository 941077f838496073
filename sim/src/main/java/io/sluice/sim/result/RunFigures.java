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
 * @param quality what its users would say of it
 * @param workflows what became of workflows
 * @param answers how soon answers were there, if that was asked
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
        Quality quality,
        Workflows workflows,
        Answers answers) {

    /** Keeps a copy of the map. */
    public RunFigures {
        byRank = Collections.unmodifiableSortedMap(new TreeMap<>(byRank));
    }

    /** The same with how soon answers were there. */
    public RunFigures withAnswers(Answers soon) {
        return new RunFigures(
                requests,
                completed,
                latency,
                byRank,
                waits,
                makespan,
                throughput,
                work,
                deadlines,
                quality,
                workflows,
                soon);
    }

    /**
     * How soon answers were there, whosever they are.
     *
     * @param firstSeconds start of the clock to the last of the first so many; not a number if
     *     there were not that many, or nobody asked
     * @param within how many there were after so long; not a number if nobody asked
     */
    public record Answers(double firstSeconds, double within) {

        /** Nobody asked. */
        public static final Answers NOT_ASKED = new Answers(Double.NaN, Double.NaN);
    }

    /**
     * What became of requests with a deadline.
     *
     * @param misses those that did not complete by it, rejected ones included
     * @param rejectedEarly those that were rejected while it still lay ahead
     * @param wastedTokens output tokens made for any request that did not complete, or not by its
     *     deadline
     */
    public record Deadlines(long misses, long rejectedEarly, long wastedTokens) {

        /** Nothing was missed. */
        public static final Deadlines NONE = new Deadlines(0, 0, 0);
    }

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
     * What users would say of a run.
     *
     * @param attainment part of the requests with targets that met all of theirs; not a number if
     *     none has any
     * @param goodput requests that met all of their targets, for each second of the makespan; not a
     *     number if none has any
     * @param jain Jain's index over the tenants' mean speeds, the speed of a request being the time
     *     that it would take without waiting divided by the time that it took; 0 for one that did
     *     not complete
     * @param longestWait the longest time that the reader of a completed request had to wait for
     *     something to read: to the first token, or while its run was interrupted
     */
    public record Quality(
            double attainment, double goodput, double jain, Distribution longestWait) {

        /** Nothing is known. */
        public static final Quality UNKNOWN =
                new Quality(Double.NaN, Double.NaN, Double.NaN, Distribution.EMPTY);
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
