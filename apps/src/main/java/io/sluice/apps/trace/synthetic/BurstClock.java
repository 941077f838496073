package io.sluice.apps.trace.synthetic;

import io.sluice.sim.random.Draws;

/**
 * Arrival times that come in bursts: a Poisson process whose rate is switched, at exponential
 * intervals, between calm and four times as much (a Markov-modulated Poisson process). Bursts last
 * 6 s and calm 24 s on average.
 */
final class BurstClock {

    private static final double BURST_FACTOR = 4;
    private static final double CALM_SECONDS = 24;
    private static final double BURST_SECONDS = 6;

    private final Draws draws;
    private final double calmRate;
    private boolean burst;
    private double phaseEnd;
    private double now;

    BurstClock(double requestsPerSecond, Draws draws) {
        this.draws = draws;
        this.calmRate =
                requestsPerSecond
                        * (CALM_SECONDS + BURST_SECONDS)
                        / (CALM_SECONDS + BURST_FACTOR * BURST_SECONDS);
        this.phaseEnd = CALM_SECONDS * draws.exponential();
    }

    /**
     * Seconds of the next arrival. Redrawing at a switch is exact, as the process has no memory.
     */
    double next() {
        while (true) {
            double arrival =
                    now + draws.exponential() / (burst ? BURST_FACTOR * calmRate : calmRate);
            if (arrival < phaseEnd) {
                now = arrival;
                return now;
            }
            now = phaseEnd;
            burst = !burst;
            phaseEnd += (burst ? BURST_SECONDS : CALM_SECONDS) * draws.exponential();
        }
    }
}
