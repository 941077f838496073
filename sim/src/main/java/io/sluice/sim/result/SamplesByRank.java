package io.sluice.sim.result;

import java.util.SortedMap;
import java.util.TreeMap;

/** Measured values of one kind, all together and by class. */
public final class SamplesByRank {

    private final Samples all = new Samples();
    private final SortedMap<Integer, Samples> byRank = new TreeMap<>();

    /**
     * Adds a value.
     *
     * @param rank class, 0 the most urgent
     */
    public void add(int rank, double seconds) {
        all.add(seconds);
        byRank.computeIfAbsent(rank, of -> new Samples()).add(seconds);
    }

    /** What all of them come to. */
    public Distribution all() {
        return all.distribution();
    }

    /** What those of each class come to that has any. */
    public SortedMap<Integer, Distribution> byRank() {
        SortedMap<Integer, Distribution> distributions = new TreeMap<>();
        byRank.forEach((rank, samples) -> distributions.put(rank, samples.distribution()));
        return distributions;
    }
}
