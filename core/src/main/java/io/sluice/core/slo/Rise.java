package io.sluice.core.slo;

/**
 * When a mean that has risen is a cause: it exceeds a floor, and a multiple of what it was before.
 * It stays one until it is at most half of the limit it exceeded first, so that the rise does not
 * become the measure of itself.
 *
 * @param floor least value that means anything
 * @param factor multiple of the value before
 * @param minCount values without which a mean says nothing
 * @param comparesOnly it says nothing without enough values before
 */
record Rise(double floor, double factor, long minCount, boolean comparesOnly) {

    /**
     * A mean over a number of values.
     *
     * @param count how many
     * @param mean their mean
     */
    record Level(long count, double mean) {

        static Level of(CauseFacts.Sum sum) {
            return new Level(sum.count(), sum.mean());
        }

        static Level share(long part, long all) {
            return new Level(all, all == 0 ? 0 : (double) part / all);
        }
    }

    /** What is exceeded if a cause begins; infinite if nothing can be said. */
    double limit(Level before) {
        if (before.count() < minCount) {
            return comparesOnly ? Double.POSITIVE_INFINITY : floor;
        }
        return Math.max(floor, factor * before.mean());
    }

    boolean begins(Level recent, double limit) {
        return recent.count() >= minCount && recent.mean() > limit;
    }

    boolean goesOn(Level recent, double limit) {
        return recent.count() > 0 && recent.mean() > limit / 2;
    }
}
