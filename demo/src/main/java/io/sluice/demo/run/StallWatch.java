package io.sluice.demo.run;

import io.sluice.demo.view.LiveSnapshot;

import java.time.Duration;

/**
 * Notices when a run does not get on any more, so that the demo ends even if a request does not.
 */
final class StallWatch {

    /** Longer than a request waits for an instance, and than a restart of a job takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** What runs may be one very long answer that nothing else happens beside. */
    private static final Duration PATIENCE_WITH_RUNS = Duration.ofMinutes(15);

    private LiveSnapshot last;
    private long sinceNanos;

    StallWatch(LiveSnapshot first, long now) {
        last = first;
        sinceNanos = now;
    }

    /** Whether nothing has changed for too long. */
    boolean stalled(LiveSnapshot snapshot, long now) {
        if (!snapshot.equals(last)) {
            last = snapshot;
            sinceNanos = now;
        }
        Duration patience = snapshot.inFlight() > 0 ? PATIENCE_WITH_RUNS : PATIENCE;
        return now - sinceNanos > patience.toNanos();
    }
}
