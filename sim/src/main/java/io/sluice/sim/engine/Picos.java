package io.sluice.sim.engine;

/** Conversion of coefficients from seconds, as documents state them, to whole picoseconds. */
final class Picos {
    static final long PER_SECOND = 1_000_000_000_000L;
    static final int PER_NANO = 1_000;

    private Picos() {}

    /**
     * A checked coefficient in picoseconds, rounded to the nearest.
     *
     * @param what the coefficient's name, for the message
     * @param seconds its value
     * @param maxSeconds the largest value that keeps sums over a long run inside 64 bits
     */
    static long ofSeconds(String what, double seconds, double maxSeconds) {
        if (!(seconds >= 0 && seconds <= maxSeconds)) {
            throw new IllegalArgumentException(
                    "step cost: %s is %s s, must be from 0 to %s s"
                            .formatted(what, seconds, maxSeconds));
        }
        return Math.round(seconds * PER_SECOND);
    }

    /**
     * 0 + 1 + ... + (steps - 1): how much longer contexts get over a run, in tokens per request.
     */
    static long growth(int steps) {
        return (long) steps * (steps - 1) / 2;
    }
}
