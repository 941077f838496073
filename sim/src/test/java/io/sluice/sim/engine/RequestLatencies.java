package io.sluice.sim.engine;

import java.util.Arrays;

/**
 * TTFT, TPOT and end-to-end times of a run's requests, in seconds; added in the order of arrival.
 */
final class RequestLatencies {
    private final double[] ttft;
    private final double[] tpot;
    private final double[] endToEnd;
    private double lastToken;
    private int size;

    RequestLatencies(int requests) {
        ttft = new double[requests];
        tpot = new double[requests];
        endToEnd = new double[requests];
    }

    void add(double arrival, double firstToken, double last, int outputTokens) {
        ttft[size] = firstToken - arrival;
        tpot[size] = (last - firstToken) / (outputTokens - 1);
        endToEnd[size] = last - arrival;
        lastToken = Math.max(lastToken, last);
        size++;
    }

    Percentiles ttft() {
        return Percentiles.of(ttft);
    }

    Percentiles tpot() {
        return Percentiles.of(tpot);
    }

    Percentiles endToEnd() {
        return Percentiles.of(endToEnd);
    }

    double lastToken() {
        return lastToken;
    }

    /** Mean TTFT of the first requests, for which a slot was free when they came. */
    double unqueuedTtft() {
        return Arrays.stream(ttft).limit(MeasuredRun.SLOTS).average().orElseThrow();
    }
}
