package io.sluice.apps.page.live;

/**
 * How far a worker's clock was from the broker's: the largest difference of the last minute. It
 * holds the time that a record took to the broker, so a small negative one is no skew.
 */
final class ClockSkew {

    private static final long STEP_MILLIS = 5_000;
    private static final int STEPS = 12;

    private final long[] largest = new long[STEPS];
    private final long[] numbers = new long[STEPS];

    /** Takes in the worker's time and the broker's time of one record. */
    void add(long workerMillis, long appendMillis) {
        long number = Math.floorDiv(appendMillis, STEP_MILLIS);
        int place = (int) Math.floorMod(number, (long) STEPS);
        if (numbers[place] != number) {
            numbers[place] = number;
            largest[place] = 0;
        }
        largest[place] = further(largest[place], workerMillis - appendMillis);
    }

    /** Milliseconds by which the worker is ahead; negative if it is behind. */
    long millis(long nowMillis) {
        long now = Math.floorDiv(nowMillis, STEP_MILLIS);
        long skew = 0;
        for (int i = 0; i < STEPS; i++) {
            if (numbers[i] > now - STEPS && numbers[i] <= now) {
                skew = further(skew, largest[i]);
            }
        }
        return skew;
    }

    private static long further(long one, long other) {
        return Math.abs(other) > Math.abs(one) ? other : one;
    }
}
