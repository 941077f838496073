package io.sluice.sim.workload;

import io.sluice.core.prediction.KendallTau;
import io.sluice.sim.random.Draws;

import java.util.Arrays;

/**
 * Scores that order lengths as well as asked: the logarithm of the true length plus normal noise,
 * its size found on these very lengths by bisection. Tau falls as noise grows; not strictly, but it
 * passes any value between in steps of single pairs.
 */
final class NoisyScores {

    /** How far tau may be from what was asked. */
    static final double TOLERANCE = 0.005;

    private static final double CLOSE_ENOUGH = 1e-4;
    private static final double MOST_NOISE = 1 << 20;
    private static final int MOST_STEPS = 60;

    private final double[] lengths;
    private final double[] logarithms;
    private final double[] noise;

    private NoisyScores(int[] lengths, Draws draws) {
        this.lengths = Arrays.stream(lengths).asDoubleStream().toArray();
        logarithms = Arrays.stream(this.lengths).map(StrictMath::log).toArray();
        noise = new double[lengths.length];
        Arrays.setAll(noise, i -> draws.gaussian());
    }

    /**
     * Scores of lengths.
     *
     * @param lengths true lengths, in tokens
     * @param tau tau-b wanted, above 0 and at most 1
     * @param draws where noise comes from
     * @throws IllegalArgumentException where no noise gives that tau: too few lengths, or all equal
     */
    static double[] of(int[] lengths, double tau, Draws draws) {
        NoisyScores scores = new NoisyScores(lengths, draws);
        return scores.with(scores.sizeFor(tau));
    }

    /**
     * How much noise gives lengths that tau, as a factor of a standard normal value.
     *
     * @param lengths true lengths, in tokens
     * @param tau tau-b wanted, above 0 and at most 1
     * @param draws where noise comes from
     * @throws IllegalArgumentException where no noise gives that tau: too few lengths, or all equal
     */
    static double noiseSize(int[] lengths, double tau, Draws draws) {
        return new NoisyScores(lengths, draws).sizeFor(tau);
    }

    private double sizeFor(double tau) {
        double size = tau == 1 ? 0 : noiseFor(tau);
        double reached = tauWith(size);
        if (!(Math.abs(reached - tau) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    "workload: tau %s cannot be set within %s on these %d lengths, the nearest is %.4f; draw more requests, or of more different lengths"
                            .formatted(tau, TOLERANCE, lengths.length, reached));
        }
        return size;
    }

    private double[] with(double size) {
        double[] scores = new double[noise.length];
        Arrays.setAll(scores, i -> logarithms[i] + size * noise[i]);
        return scores;
    }

    private double tauWith(double size) {
        return KendallTau.tauB(with(size), lengths);
    }

    private double noiseFor(double tau) {
        double low = 0;
        double high = 1;
        while (high < MOST_NOISE && tauWith(high) > tau) {
            low = high;
            high *= 2;
        }
        double middle = (low + high) / 2;
        for (int i = 0; i < MOST_STEPS; i++) {
            double reached = tauWith(middle);
            if (Math.abs(reached - tau) <= CLOSE_ENOUGH) {
                return middle;
            }
            low = reached > tau ? middle : low;
            high = reached > tau ? high : middle;
            middle = (low + high) / 2;
        }
        return middle;
    }
}
