package io.sluice.core.kernel;

/**
 * How a gate behaves.
 *
 * @param waitMillis how long a request waits for one that nobody has submitted
 * @param rememberMillis how long a request that has ended is remembered: longer than the router
 *     remembers it, so that a repeat that the router drops is not waited for here
 * @param longestMillis how long after it was let through a request that has not been heard of again
 *     counts as lost
 * @param mostDependants requests that may wait for one request at once
 */
public record GateSettings(
        long waitMillis, long rememberMillis, long longestMillis, int mostDependants) {

    /** Requests that may wait for one request at once, unless told otherwise. */
    public static final int DEFAULT_MOST_DEPENDANTS = 1_000;

    private static final int WINDOWS_UNTIL_LOST = 24;
    private static final int SCANS_PER_WINDOW = 64;
    private static final int SCANS_PER_WAIT = 100;

    /** Rejects times and counts that are not positive. */
    public GateSettings {
        if (waitMillis < 1 || rememberMillis < 1 || longestMillis < 1 || mostDependants < 1) {
            throw new IllegalArgumentException(
                    "gate settings must be positive: wait %d ms, remember %d ms, lost after %d ms, %d dependants"
                            .formatted(waitMillis, rememberMillis, longestMillis, mostDependants));
        }
    }

    /**
     * Settings that agree with a router's.
     *
     * @param waitMillis how long a request waits for one that nobody has submitted
     * @param dedupWindowMillis how long the router remembers closed requests
     */
    public static GateSettings of(long waitMillis, long dedupWindowMillis) {
        return new GateSettings(
                waitMillis,
                dedupWindowMillis + waitMillis,
                WINDOWS_UNTIL_LOST * dedupWindowMillis,
                DEFAULT_MOST_DEPENDANTS);
    }

    /**
     * When a request that arrives now stops waiting for those that nobody has submitted: a little
     * late, so that many have one time.
     */
    long giveUpAt(long now) {
        return roundUp(now + waitMillis, waitMillis / SCANS_PER_WAIT);
    }

    /**
     * When to forget what is not needed after a time: late, so that a workflow is looked through
     * seldom.
     */
    long coarsely(long millis) {
        return roundUp(millis, rememberMillis / SCANS_PER_WINDOW);
    }

    private static long roundUp(long millis, long grain) {
        return grain < 2 ? millis : Math.floorDiv(millis + grain - 1, grain) * grain;
    }
}
