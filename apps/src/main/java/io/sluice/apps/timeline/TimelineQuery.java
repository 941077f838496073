package io.sluice.apps.timeline;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/**
 * Which request is asked for, and how long to look for it.
 *
 * @param requestId the request
 * @param since when it was submitted at the earliest, or null to look through all that is kept
 * @param patience for how long to read; what was not read by then is said to be unread
 */
public record TimelineQuery(String requestId, @Nullable Instant since, Duration patience) {

    /** How long is looked if nothing else is said. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Looks through all that is kept. */
    public static TimelineQuery of(String requestId) {
        return new TimelineQuery(requestId, null, PATIENCE);
    }
}
