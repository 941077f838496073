package io.sluice.sim.random;

import java.util.SplittableRandom;

/**
 * Seeded random draws, equal on every machine: logarithms and powers come from {@link StrictMath},
 * whose results are fixed to the bit, unlike those of {@link Math}.
 *
 * <p>Every purpose draws from its own stream, so asking for another priority mix does not move an
 * arrival.
 */
public final class Draws {

    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    private Draws(long state) {
        random = new SplittableRandom(state);
    }

    /** The stream for one purpose under a seed. */
    public static Draws of(long seed, String purpose) {
        return new Draws(mix(seed ^ mix(purpose.hashCode())));
    }

    /** The stream for one numbered thing, whatever was drawn for others before it. */
    public static Draws of(long seed, String purpose, long index) {
        return new Draws(mix(mix(seed ^ mix(purpose.hashCode())) + index * GOLDEN_GAMMA));
    }

    /** Uniform in (0, 1): never 0, so that its logarithm exists. */
    public double uniform() {
        return ((random.nextLong() >>> 11) + 0.5) * 0x1.0p-53;
    }

    /** Uniform among 0 .. bound - 1. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** Exponential with mean 1. */
    public double exponential() {
        return -StrictMath.log(uniform());
    }

    /** Normal with mean 0 and variance 1, by Marsaglia's polar method. */
    public double gaussian() {
        while (true) {
            double x = 2 * uniform() - 1;
            double y = 2 * uniform() - 1;
            double square = x * x + y * y;
            if (square < 1 && square > 0) {
                return x * StrictMath.sqrt(-2 * StrictMath.log(square) / square);
            }
        }
    }

    /** Log-normal with a median and the standard deviation of its logarithm. */
    public double logNormal(double median, double sigma) {
        return median * StrictMath.exp(sigma * gaussian());
    }

    /**
     * Gamma with a shape and scale 1, by Marsaglia and Tsang, "A simple method for generating gamma
     * variables", ACM TOMS 2000; shapes below 1 by their boost.
     */
    public double gamma(double shape) {
        if (shape < 1) {
            return gamma(shape + 1) * StrictMath.pow(uniform(), 1 / shape);
        }
        double d = shape - 1.0 / 3;
        double c = 1 / StrictMath.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double v = 1 + c * x;
            v = v * v * v;
            if (v > 0
                    && StrictMath.log(uniform())
                            < 0.5 * x * x + d - d * v + d * StrictMath.log(v)) {
                return d * v;
            }
        }
    }

    /** Index drawn by weight; the weights are not negative and not all zero. */
    public int weighted(double[] weights) {
        double total = 0;
        int last = 0;
        for (int i = 0; i < weights.length; i++) {
            total += weights[i];
            last = weights[i] > 0 ? i : last;
        }
        double rest = uniform() * total;
        for (int i = 0; i < last; i++) {
            rest -= weights[i];
            if (rest < 0) {
                return i;
            }
        }
        return last;
    }

    /** Stafford's variant 13 of the 64-bit finaliser: neighbouring seeds give unrelated streams. */
    private static long mix(long value) {
        long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
