package io.sluice.sim.engine;

/**
 * A moment between steps: nanoseconds as everywhere, and the picoseconds left over. Carrying the
 * rest makes the end of the thousandth step the same number whether the steps were added one by one
 * or at once.
 *
 * @param nanos nanoseconds of the engine's clock, rounded down
 * @param picos 0 to 999 picoseconds past {@code nanos}
 */
record StepTime(long nanos, int picos) {

    /** A whole nanosecond. */
    static StepTime at(long nanos) {
        return new StepTime(nanos, 0);
    }

    /** This moment, later by a duration. */
    StepTime plus(long durationPicos) {
        long sum = picos + durationPicos;
        return new StepTime(nanos + sum / Picos.PER_NANO, (int) (sum % Picos.PER_NANO));
    }

    /**
     * The longest duration after which the clock still reads {@code until} or less; negative if it
     * is past already.
     */
    long picosUpTo(long until) {
        long left = until - nanos;
        if (left >= Long.MAX_VALUE / Picos.PER_NANO - 1 || (until > 0 && nanos < 0 && left < 0)) {
            return Long.MAX_VALUE;
        }
        return left * Picos.PER_NANO + (Picos.PER_NANO - 1) - picos;
    }
}
