package io.sluice.sim.workload;

/**
 * A model that predicts something about requests, in batches, one batch at a time unless its mode
 * says otherwise.
 *
 * @param batch most requests predicted together
 * @param latencyNanos how long a batch takes, whatever its size
 * @param mode when a batch starts
 */
public record Predictor(int batch, long latencyNanos, Mode mode) {

    /** When a batch starts. */
    public enum Mode {
        /** As soon as the predictor is free and something waits, with what waits. */
        IMMEDIATE,
        /** When the predictor is free and a whole batch waits; the rest at the end is a batch. */
        FULL,
        /** As soon as a whole batch waits, whatever else runs: as many predictors as needed. */
        PARALLEL
    }

    /** Rejects settings outside their range. */
    public Predictor {
        Settings.requireBetween("predictor batch", batch, 1, Integer.MAX_VALUE);
        Settings.requireBetween("predictor latencyNanos", latencyNanos, 0, Long.MAX_VALUE);
    }

    /**
     * When each request's prediction is there.
     *
     * @param arrivals when each arrives, in nanoseconds, ascending
     */
    long[] finishes(long[] arrivals) {
        long[] finishes = new long[arrivals.length];
        long free = 0;
        int next = 0;
        while (next < arrivals.length) {
            int end = endOfBatch(arrivals, next, free);
            long finish = startOfBatch(arrivals, next, end, free) + latencyNanos;
            for (int i = next; i < end; i++) {
                finishes[i] = finish;
            }
            free = finish;
            next = end;
        }
        return finishes;
    }

    private int endOfBatch(long[] arrivals, int first, long free) {
        int most = (int) Math.min((long) first + batch, arrivals.length);
        if (mode != Mode.IMMEDIATE) {
            return most;
        }
        long start = Math.max(free, arrivals[first]);
        int end = first;
        // One that arrives exactly when the batch starts is part of it.
        while (end < most && arrivals[end] <= start) {
            end++;
        }
        return end;
    }

    private long startOfBatch(long[] arrivals, int first, int end, long free) {
        return switch (mode) {
            case IMMEDIATE -> Math.max(free, arrivals[first]);
            case FULL -> Math.max(free, arrivals[end - 1]);
            case PARALLEL -> arrivals[end - 1];
        };
    }
}
