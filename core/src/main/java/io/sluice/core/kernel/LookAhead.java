package io.sluice.core.kernel;

import io.sluice.core.kernel.InstanceState.Pace;

/**
 * Sizes how many requests to send beyond what a worker can run at once, so that a freed place is
 * filled from the worker's own queue while the next command travels. By Little's law that is the
 * completions that fall into one round trip; one is added for their variance. Never more than a
 * whole batch: what has been sent can no longer be overtaken.
 */
final class LookAhead {

    private static final double SMOOTHING = 0.2;
    private static final double SHORTEST_GAP_MILLIS = 0.05;

    private final boolean on;
    private double roundTripMillis;
    private double completionGapMillis;
    private long lastCompletionMillis;

    /**
     * Takes up the measuring where it was left.
     *
     * @param on whether anything is to be sent ahead at all
     */
    LookAhead(Pace pace, boolean on) {
        this.on = on;
        this.roundTripMillis = pace.roundTripMillis();
        this.completionGapMillis = pace.completionGapMillis();
        this.lastCompletionMillis = pace.lastCompletionMillis();
    }

    Pace pace() {
        return new Pace(roundTripMillis, completionGapMillis, lastCompletionMillis);
    }

    void accepted(long sentAtMillis, long nowMillis) {
        roundTripMillis = smooth(roundTripMillis, Math.max(0.0, (double) nowMillis - sentAtMillis));
    }

    void completed(long nowMillis) {
        if (lastCompletionMillis > 0) {
            double gap = Math.max(0.0, (double) nowMillis - lastCompletionMillis);
            completionGapMillis = smooth(completionGapMillis, Math.max(SHORTEST_GAP_MILLIS, gap));
        }
        lastCompletionMillis = nowMillis;
    }

    /** Requests to send beyond {@code maxSequences}. */
    int depth(int maxSequences) {
        if (!on) {
            return 0;
        }
        if (completionGapMillis == 0) {
            return 1;
        }
        double inOneRoundTrip = Math.ceil(roundTripMillis / completionGapMillis);
        return (int) Math.min((double) maxSequences, 1 + inOneRoundTrip);
    }

    private static double smooth(double before, double sample) {
        return before == 0 ? sample : before + SMOOTHING * (sample - before);
    }
}
