package io.sluice.sim.result;

/**
 * How many there were over time, from when each came and went; told in any order. Time is cut into
 * {@value #BINS} pieces of equal length, which doubles as often as the last of them passes, so that
 * memory does not grow with the run.
 */
public final class LoadCurve {

    /** Pieces of time. */
    public static final int BINS = 512;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final long FIRST_BIN_NANOS = 1_000_000;

    /** Those that came less those that went, by piece. */
    private final long[] net = new long[BINS];

    /** Their times after the start of their piece, added up with the same signs. */
    private final double[] offsets = new double[BINS];

    private long binNanos = FIRST_BIN_NANOS;
    private long lastNanos;

    /**
     * One was there from one time to another.
     *
     * @param fromNanos when it came, 0 or more
     * @param toNanos when it went, not before
     */
    public void add(long fromNanos, long toNanos) {
        if (fromNanos < 0 || toNanos < fromNanos) {
            throw new IllegalArgumentException(
                    "nothing is there from %d to %d".formatted(fromNanos, toNanos));
        }
        while (toNanos / binNanos >= BINS) {
            widen();
        }
        change(fromNanos, 1);
        change(toNanos, -1);
        lastNanos = Math.max(lastNanos, toNanos);
    }

    private void change(long nanos, int by) {
        int bin = (int) (nanos / binNanos);
        net[bin] += by;
        offsets[bin] += by * (double) (nanos - bin * binNanos);
    }

    private void widen() {
        for (int i = 0; i < BINS; i++) {
            int second = i % 2;
            long moved = net[i];
            double offset = offsets[i] + second * (double) binNanos * moved;
            net[i] = 0;
            offsets[i] = 0;
            net[i / 2] += moved;
            offsets[i / 2] += offset;
        }
        binNanos *= 2;
    }

    /** Length of a piece, in seconds. */
    public double binSeconds() {
        return binNanos / NANOS_PER_SECOND;
    }

    /** How many there were in each piece on average, up to when the last went. */
    public double[] means() {
        double[] means = new double[(int) (lastNanos / binNanos) + 1];
        long there = 0;
        for (int i = 0; i < means.length; i++) {
            means[i] = there + net[i] - offsets[i] / binNanos;
            there += net[i];
        }
        return means;
    }
}
