package io.sluice.sim.workload;

import io.sluice.sim.random.Draws;

import java.util.List;

/** Where lengths in tokens come from. */
public sealed interface LengthSource {

    /** The next length, at least 1. */
    int draw(Draws draws);

    /**
     * Always the same.
     *
     * @param tokens that length
     */
    record Fixed(int tokens) implements LengthSource {

        /** Rejects less than a token. */
        public Fixed {
            Settings.requireBetween("length in tokens", tokens, 1, Integer.MAX_VALUE);
        }

        @Override
        public int draw(Draws draws) {
            return tokens;
        }
    }

    /**
     * Each length as likely as another.
     *
     * @param least shortest, in tokens
     * @param most longest, in tokens
     */
    record Uniform(int least, int most) implements LengthSource {

        /** Rejects limits out of order, and less than a token. */
        public Uniform {
            Settings.requireBetween("shortest length in tokens", least, 1, Integer.MAX_VALUE);
            Settings.requireBetween("longest length in tokens", most, least, Integer.MAX_VALUE - 1);
        }

        @Override
        public int draw(Draws draws) {
            return least + draws.below(most - least + 1);
        }
    }

    /**
     * Log-normal, rounded and cut.
     *
     * @param median half of the lengths are shorter, in tokens
     * @param sigma standard deviation of the logarithm
     * @param most longest, in tokens; longer draws are cut to it
     */
    record LogNormal(double median, double sigma, int most) implements LengthSource {

        /** Rejects what is not a distribution of lengths. */
        public LogNormal {
            Settings.requirePositive("median length in tokens", median);
            if (!(sigma >= 0 && sigma < 10)) {
                throw Settings.wrong("sigma of lengths", sigma, "0 or more, and below 10");
            }
            Settings.requireBetween("longest length in tokens", most, 1, Integer.MAX_VALUE);
        }

        /** The distribution with a mean, before it is cut. */
        public static LogNormal ofMean(double mean, double sigma, int most) {
            Settings.requirePositive("mean length in tokens", mean);
            return new LogNormal(mean / StrictMath.exp(sigma * sigma / 2), sigma, most);
        }

        @Override
        public int draw(Draws draws) {
            return (int) Math.max(1, Math.min(most, Math.round(draws.logNormal(median, sigma))));
        }
    }

    /**
     * One of given lengths, each as likely as another: what was measured, say.
     *
     * @param tokens the lengths
     */
    record Drawn(List<Integer> tokens) implements LengthSource {

        /** Rejects an empty list, and less than a token. */
        public Drawn {
            tokens = List.copyOf(tokens);
            Settings.requireBetween("lengths to draw from", tokens.size(), 1, Integer.MAX_VALUE);
            tokens.forEach(
                    length ->
                            Settings.requireBetween(
                                    "length in tokens", length, 1, Integer.MAX_VALUE));
        }

        @Override
        public int draw(Draws draws) {
            return tokens.get(draws.below(tokens.size()));
        }
    }
}
