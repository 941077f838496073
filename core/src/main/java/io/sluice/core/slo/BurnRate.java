package io.sluice.core.slo;

/**
 * How fast an error budget was spent over a window.
 *
 * @param windowMillis nominal length of the window
 * @param fromMillis start of the counts, inclusive
 * @param good requests that kept the promise
 * @param bad requests that did not
 * @param rate share of the bad, divided by the share the target allows: 1 spends the budget exactly
 *     in one period; 0 without requests
 */
public record BurnRate(long windowMillis, long fromMillis, long good, long bad, double rate) {

    static BurnRate of(SloObjective.Goal goal, long windowMillis, long from, SlotCounts counts) {
        double rate =
                counts.counted() == 0
                        ? 0
                        : (double) counts.bad() / counts.counted() / goal.budget();
        return new BurnRate(windowMillis, from, counts.good(), counts.bad(), rate);
    }

    /** Requests that count. */
    public long counted() {
        return good + bad;
    }
}
