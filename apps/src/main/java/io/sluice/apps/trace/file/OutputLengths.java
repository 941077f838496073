package io.sluice.apps.trace.file;

import io.sluice.sim.random.Draws;

/**
 * Lengths for answers that a trace does not record: log-normal with the median (285) and 99th
 * percentile (1,003 tokens) of ShareGPT first answers, which also gives their mean (330 against
 * 324). Drawn per row, so that a row's length does not depend on what else is read.
 */
final class OutputLengths {

    private static final double MEDIAN_TOKENS = 285;
    private static final double SIGMA = 0.541;
    private static final int LONGEST_TOKENS = 2048;

    private final long seed;

    OutputLengths(long seed) {
        this.seed = seed;
    }

    /** Output tokens for the row at a position of the file. */
    int draw(long position) {
        double tokens = Draws.of(seed, "output-length", position).logNormal(MEDIAN_TOKENS, SIGMA);
        return (int) Math.max(1, Math.min(LONGEST_TOKENS, Math.round(tokens)));
    }
}
