package io.sluice.jobs.state;

/**
 * What a finished request means for a series, until the slot ends and it is counted.
 *
 * @param definition of the objective it was judged by: what was judged by another does not count
 * @param timeMillis log time it counts in
 * @param verdict one of the constants here
 */
public record PendingJudgement(int definition, long timeMillis, int verdict) {

    /** It kept the promise. */
    public static final int GOOD = 0;

    /** It did not. */
    public static final int BAD = 1;

    /** It does not count. */
    public static final int EXCLUDED = 2;

    /** It came too late to count. */
    public static final int LATE = 3;

    /** There is no request: the series is there, and time goes on. */
    public static final int NOTHING = 4;
}
