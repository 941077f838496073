package io.sluice.apps.simulate.evaluate;

import java.util.function.DoublePredicate;

/**
 * The highest rate that something can bear, by doubling and then by bisection of the ratio. Where
 * it bears a rate and not a lower one, which bursts can bring about, it is one of the rates up to
 * which it does.
 */
final class HighestRate {

    private static final double START = 1;
    private static final double LEAST = 1.0 / 64;
    private static final int MOST_DOUBLINGS = 12;

    private final int bisections;

    /**
     * A search.
     *
     * @param bisections how often a factor of 2 is halved; 6 are within 1.1 %
     */
    HighestRate(int bisections) {
        this.bisections = bisections;
    }

    /**
     * Searches.
     *
     * @param bears whether a rate is borne, in requests per second
     * @return 0 if none is
     */
    double of(DoublePredicate bears) {
        double low = START;
        for (int i = 0; i < MOST_DOUBLINGS && bears.test(low * 2); i++) {
            low *= 2;
        }
        while (!bears.test(low)) {
            low /= 2;
            if (low < LEAST) {
                return 0;
            }
        }
        double high = low * 2;
        for (int i = 0; i < bisections; i++) {
            double middle = Math.sqrt(low * high);
            if (bears.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
