package io.sluice.core.policy.ordering;

import java.util.BitSet;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Chooses jobs to be late, as few as can be, on a machine that runs one at a time: jobs are taken
 * in order of their due times, and whenever one would end too late the longest of those taken so
 * far is given up. O(n log n). J. M. Moore, "An n job, one machine sequencing algorithm for
 * minimizing the number of late jobs", Management Science 1968, in the form that he credits to T.
 * J. Hodgson.
 */
final class FewestLate {

    private FewestLate() {}

    /**
     * The jobs to give up; the others are all in time if they run in order of their due times.
     *
     * @param start when the machine is free
     * @param service how long each takes
     * @param due when each must have ended, never decreasing
     */
    static BitSet of(double start, double[] service, double[] due) {
        BitSet late = new BitSet(service.length);
        PriorityQueue<Integer> longestFirst =
                new PriorityQueue<>(
                        Comparator.<Integer>comparingDouble(job -> -service[job])
                                .thenComparing(Comparator.reverseOrder()));
        double end = start;
        for (int job = 0; job < service.length; job++) {
            longestFirst.add(job);
            end += service[job];
            if (end > due[job]) {
                int longest = longestFirst.remove();
                end -= service[longest];
                late.set(longest);
            }
        }
        return late;
    }
}
