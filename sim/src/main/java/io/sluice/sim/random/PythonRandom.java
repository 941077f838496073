package io.sluice.sim.random;

import org.apache.commons.rng.core.source32.MersenneTwister;

import java.util.HashSet;
import java.util.Set;

/**
 * What CPython's {@code random} module draws after {@code random.seed(n)}: the Mersenne Twister
 * MT19937, seeded by its authors' {@code init_by_array} with the 32-bit words of {@code |n|},
 * lowest first. Traces that were published as a seed of a Python program come out the same, bit for
 * bit.
 *
 * <p>Only what such programs needed is here. For new generators use {@link Draws}.
 */
public final class PythonRandom {
    /** Up to this many ids a sample always keeps a pool; see {@link #sample}. */
    private static final int SMALL_POOL = 21;

    private static final int SMALL_SAMPLE = 5;

    private final MersenneTwister words;

    /** Starts the generator as {@code random.seed(seed)} does. */
    public PythonRandom(long seed) {
        words = new MersenneTwister(key(Math.abs(seed)));
    }

    /** The words of an unsigned number; as many as it needs, at least one. */
    private static int[] key(long unsigned) {
        int low = (int) unsigned;
        int high = (int) (unsigned >>> Integer.SIZE);
        return high == 0 ? new int[] {low} : new int[] {low, high};
    }

    /**
     * The top bits of the next 32-bit word ({@code random.getrandbits}).
     *
     * @param count 1 to 32; with 32 the word fills the sign bit
     */
    public int bits(int count) {
        if (count < 1 || count > Integer.SIZE) {
            throw new IllegalArgumentException("bits to draw must be 1 to 32, not " + count);
        }
        return words.nextInt() >>> (Integer.SIZE - count);
    }

    /**
     * Uniform among 0 .. bound - 1 ({@code random.randrange}). Takes as many bits as {@code bound}
     * itself has, and draws again while the number is too high; so a bound of 1 also draws.
     *
     * @param bound at least 1
     */
    public int pick(int bound) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound of a pick must be at least 1, not " + bound);
        }
        int count = Integer.SIZE - Integer.numberOfLeadingZeros(bound);
        int drawn = bits(count);
        while (drawn >= bound) {
            drawn = bits(count);
        }
        return drawn;
    }

    /** Uniform in 0 (included) to 1 (excluded), of 53 bits ({@code random.random}). */
    public double uniform() {
        long high = bits(27);
        long low = bits(26);
        return ((high << 26) + low) * 0x1.0p-53;
    }

    /**
     * Exponential with a rate ({@code random.expovariate}).
     *
     * @param rate one by the mean
     */
    public double exponential(double rate) {
        return -StrictMath.log(1 - uniform()) / rate;
    }

    /** Brings numbers into random order ({@code random.shuffle}). */
    public void shuffle(int[] numbers) {
        for (int i = numbers.length - 1; i > 0; i--) {
            int place = pick(i + 1);
            int moved = numbers[i];
            numbers[i] = numbers[place];
            numbers[place] = moved;
        }
    }

    /**
     * Different numbers of 0 .. population - 1, in the order drawn ({@code random.sample}). Keeps a
     * pool of all numbers where the sample is a large part of them, else draws again what was drawn
     * before. A sample of none draws nothing.
     *
     * @param count 0 to {@code population}
     */
    public int[] sample(int population, int count) {
        if (count < 0 || count > population) {
            throw new IllegalArgumentException(
                    "a sample of %d out of %d cannot be drawn".formatted(count, population));
        }
        return population <= poolLimit(count)
                ? sampleFromPool(population, count)
                : sampleByRejection(population, count);
    }

    /** Largest population that a pool is kept for: what a set of the sample would take instead. */
    private static long poolLimit(int count) {
        if (count <= SMALL_SAMPLE) {
            return SMALL_POOL;
        }
        // 4^ceil(log4(3 count)); three times a count is no power of four.
        long table = 1;
        while (table < 3L * count) {
            table *= 4;
        }
        return SMALL_POOL + table;
    }

    private int[] sampleFromPool(int population, int count) {
        int[] pool = new int[population];
        for (int i = 0; i < population; i++) {
            pool[i] = i;
        }
        int[] sample = new int[count];
        for (int i = 0; i < count; i++) {
            int place = pick(population - i);
            sample[i] = pool[place];
            pool[place] = pool[population - i - 1];
        }
        return sample;
    }

    private int[] sampleByRejection(int population, int count) {
        Set<Integer> taken = new HashSet<>();
        int[] sample = new int[count];
        for (int i = 0; i < count; i++) {
            int drawn = pick(population);
            while (!taken.add(drawn)) {
                drawn = pick(population);
            }
            sample[i] = drawn;
        }
        return sample;
    }
}
