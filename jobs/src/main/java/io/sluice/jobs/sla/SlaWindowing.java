package io.sluice.jobs.sla;

import java.io.Serializable;

/**
 * How log time is cut into windows: tumbling, aligned to the epoch.
 *
 * @param lengthMillis length of a window
 * @param latenessMillis how long after its end a window takes outcomes
 * @param earlyFiringMillis how often changed windows are published, by the clock of the job
 * @param dedupMillis how long a counted request is remembered
 */
public record SlaWindowing(
        long lengthMillis, long latenessMillis, long earlyFiringMillis, long dedupMillis)
        implements Serializable {

    /** Rejects lengths that are not positive. */
    public SlaWindowing {
        if (lengthMillis <= 0 || latenessMillis < 0 || earlyFiringMillis <= 0 || dedupMillis < 0) {
            throw new IllegalArgumentException(
                    "Not a way to cut time into windows: length %d, lateness %d, early firing %d, dedup %d ms"
                            .formatted(
                                    lengthMillis, latenessMillis, earlyFiringMillis, dedupMillis));
        }
    }

    /** Start of the window that a time falls in. */
    long startOf(long timeMillis) {
        return Math.floorDiv(timeMillis, lengthMillis) * lengthMillis;
    }

    /** End of a window, exclusive. */
    long endOf(long startMillis) {
        return startMillis + lengthMillis;
    }

    /** Whether no more outcomes of before the end are expected. */
    boolean isComplete(long startMillis, long watermark) {
        return lastOf(startMillis) <= watermark;
    }

    /** Whether the window is gone, and what belongs into it is late. */
    boolean isExpired(long startMillis, long watermark) {
        return expiryOf(startMillis) <= watermark;
    }

    /** Last millisecond of a window: the watermark that completes it. */
    long lastOf(long startMillis) {
        return endOf(startMillis) - 1;
    }

    /** The watermark at which a window is dropped. */
    long expiryOf(long startMillis) {
        return lastOf(startMillis) + latenessMillis;
    }

    /** The next time after {@code nowMillis} at which changed windows are published. */
    long nextFiring(long nowMillis) {
        return (Math.floorDiv(nowMillis, earlyFiringMillis) + 1) * earlyFiringMillis;
    }

    /**
     * Log time until which a counted request is remembered. Longer than the dedup window, because
     * log time may run ahead of a slow partition by as much as a window still takes.
     */
    long forgetAt(long timeMillis) {
        return timeMillis + dedupMillis + lengthMillis + latenessMillis;
    }
}
