package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

/**
 * Predicts lengths about as well as asked: the logarithm of the true length plus normal noise. How
 * much noise is found on a sample of the lengths, so that it can predict a trace of any size as it
 * is read; a request's noise depends on the seed and its place alone.
 */
public final class NoisyOracle {

    private static final String PURPOSE = "predictions";

    private final double noise;
    private final long seed;

    private NoisyOracle(double noise, long seed) {
        this.noise = noise;
        this.seed = seed;
    }

    /**
     * An oracle.
     *
     * @param sample true lengths, in tokens, as they occur
     * @param tau Kendall's tau-b wanted between predicted and true lengths, above 0 and at most 1
     * @param seed of the noise
     * @throws IllegalArgumentException where no noise gives that tau on the sample: too few
     *     lengths, or all equal
     */
    public static NoisyOracle of(int[] sample, double tau, long seed) {
        return new NoisyOracle(NoisyScores.noiseSize(sample, tau, Draws.of(seed, PURPOSE)), seed);
    }

    /**
     * A prediction.
     *
     * @param tokens the true length
     * @param index place of the request
     * @return tokens, 1 or more
     */
    public int predict(int tokens, int index) {
        double predicted =
                tokens * StrictMath.exp(noise * Draws.of(seed, PURPOSE, index).gaussian());
        return (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(predicted)));
    }
}
