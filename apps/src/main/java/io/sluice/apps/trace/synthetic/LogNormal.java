package io.sluice.apps.trace.synthetic;

import io.sluice.sim.random.Draws;

/**
 * A cut log-normal length.
 *
 * @param median half of the lengths are shorter, in tokens
 * @param sigma standard deviation of the logarithm
 * @param max longest, in tokens; longer draws are cut to it
 */
record LogNormal(double median, double sigma, int max) {

    /** A length from 1 to the longest. */
    int draw(Draws draws) {
        return (int) Math.max(1, Math.min(max, Math.round(draws.logNormal(median, sigma))));
    }
}
