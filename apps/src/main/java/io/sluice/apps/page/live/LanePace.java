package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/** How often a lane dispatches: the mean time between its last dispatches, up to now. */
final class LanePace {

    /** Dispatches that count. */
    static final int MOST = 32;

    /** With fewer, nothing is said. */
    static final int FEWEST = 3;

    /** A dispatch that is older does not count. */
    static final long OLDEST_MILLIS = 5 * 60_000;

    private final Deque<Long> times = new ArrayDeque<>();

    /** A dispatch. What is told again, and so comes out of order, does not count. */
    void dispatched(long millis) {
        Long last = times.peekLast();
        if (last != null && millis < last) {
            return;
        }
        times.add(millis);
        if (times.size() > MOST) {
            times.remove();
        }
    }

    /** Milliseconds from one to the next; null if there were too few. */
    @Nullable Double intervalMillis(long nowMillis) {
        while (!times.isEmpty() && nowMillis - times.getFirst() > OLDEST_MILLIS) {
            times.remove();
        }
        if (times.size() < FEWEST) {
            return null;
        }
        long until = Math.max(nowMillis, times.getLast());
        return (until - times.getFirst()) / (double) (times.size() - 1);
    }
}
