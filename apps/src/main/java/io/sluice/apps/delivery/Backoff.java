package io.sluice.apps.delivery;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/** How long to leave a receiver alone that cannot take anything: twice as long each time. */
public final class Backoff {

    private static final long FIRST_MILLIS = 1_000;

    private final long longestMillis;
    private long nextMillis = FIRST_MILLIS;

    /** Waits that grow up to the longest. */
    public Backoff(Duration longest) {
        this.longestMillis = longest.toMillis();
    }

    /**
     * Milliseconds to wait after another failure.
     *
     * @param asked how long the receiver asks for, or null; it gets at least that
     */
    public long failed(@Nullable Duration asked) {
        long wait = Math.min(nextMillis, longestMillis);
        nextMillis = Math.min(2 * nextMillis, longestMillis);
        return asked == null ? wait : Math.max(wait, asked.toMillis());
    }

    /** It has taken something. */
    public void succeeded() {
        nextMillis = FIRST_MILLIS;
    }
}
