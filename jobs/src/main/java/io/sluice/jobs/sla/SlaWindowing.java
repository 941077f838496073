package io.sluice.jobs.sla;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How log time is cut into windows: tumbling, aligned to the epoch, on several levels. Each window
 * of a longer level is exactly so many of the level below, so its content is the sum of theirs. One
 * rule of lateness, that of the shortest windows, holds for all levels: an outcome counts in the
 * windows of every level or of none.
 *
 * @param lengthMillis length of the shortest windows
 * @param latenessMillis how long after its end a window takes outcomes
 * @param earlyFiringMillis how often changed windows of the shortest level are published, by the
 *     clock of the job
 * @param dedupMillis how long a counted request is remembered
 * @param rollUpMillis lengths of the longer levels, ascending, each a multiple of the one below
 */
public record SlaWindowing(
        long lengthMillis,
        long latenessMillis,
        long earlyFiringMillis,
        long dedupMillis,
        List<Long> rollUpMillis)
        implements Serializable {

    /**
     * The rarest that a changed window is published, whatever its length, unless the shortest are
     * published more rarely.
     */
    private static final long RAREST_FIRING_MILLIS = 60_000;

    /** Rejects lengths that are not positive or do not nest. */
    public SlaWindowing {
        rollUpMillis = List.copyOf(rollUpMillis);
        if (lengthMillis <= 0 || latenessMillis < 0 || earlyFiringMillis <= 0 || dedupMillis < 0) {
            throw new IllegalArgumentException(
                    "Not a way to cut time into windows: length %d, lateness %d, early firing %d, dedup %d ms"
                            .formatted(
                                    lengthMillis, latenessMillis, earlyFiringMillis, dedupMillis));
        }
        long below = lengthMillis;
        for (long length : rollUpMillis) {
            if (length <= below || length % below != 0) {
                throw new IllegalArgumentException(
                        "windows of %d ms are no whole number, at least 2, of windows of %d ms"
                                .formatted(length, below));
            }
            below = length;
        }
    }

    /** The lengths of all levels in words: sums of other levels do not fit. */
    String levels() {
        return Stream.concat(Stream.of(lengthMillis), rollUpMillis.stream())
                .map(String::valueOf)
                .collect(Collectors.joining(","));
    }

    /** The shortest window that a time falls in. */
    SlaWindowId at(long timeMillis) {
        return SlaWindowId.at(timeMillis, lengthMillis);
    }

    /** The longer windows that a window is part of, the shortest first. */
    List<SlaWindowId> rollUpsOf(SlaWindowId window) {
        List<SlaWindowId> longer = new ArrayList<>(rollUpMillis.size());
        for (long length : rollUpMillis) {
            if (length > window.lengthMillis()) {
                longer.add(SlaWindowId.at(window.startMillis(), length));
            }
        }
        return longer;
    }

    /**
     * The window of the next level that a window is part of; none for the longest, and none for one
     * that does not fit into any, as one of levels that the job does not have any more.
     */
    Optional<SlaWindowId> parentOf(SlaWindowId window) {
        return rollUpsOf(window).stream().limit(1).filter(up -> up.covers(window)).findFirst();
    }

    /** The windows of all levels whose last millisecond this is, the shortest first. */
    List<SlaWindowId> endingAt(long lastMillis) {
        List<SlaWindowId> ending = new ArrayList<>();
        SlaWindowId shortest = at(lastMillis);
        if (shortest.lastMillis() == lastMillis) {
            ending.add(shortest);
            for (SlaWindowId longer : rollUpsOf(shortest)) {
                if (longer.lastMillis() == lastMillis) {
                    ending.add(longer);
                }
            }
        }
        return ending;
    }

    /** Whether no more outcomes of before the end are expected. */
    boolean isComplete(SlaWindowId window, long watermark) {
        return window.lastMillis() <= watermark;
    }

    /** Whether the window is gone, and what belongs into it is late. */
    boolean isExpired(SlaWindowId window, long watermark) {
        return expiryOf(window) <= watermark;
    }

    /** The watermark at which a window is dropped. */
    long expiryOf(SlaWindowId window) {
        return window.lastMillis() + latenessMillis;
    }

    /** The next time after {@code nowMillis} at which changed windows of a length are published. */
    long nextFiring(long lengthOfWindow, long nowMillis) {
        long rhythm = firingMillis(lengthOfWindow);
        return (Math.floorDiv(nowMillis, rhythm) + 1) * rhythm;
    }

    /** Whether changed windows of a length are published at a time of the job's clock. */
    boolean isFiring(long lengthOfWindow, long timeMillis) {
        return timeMillis % firingMillis(lengthOfWindow) == 0;
    }

    /** Whether that is so for any of the longer levels. */
    boolean isAnyRollUpFiring(long timeMillis) {
        return rollUpMillis.stream().anyMatch(length -> isFiring(length, timeMillis));
    }

    /** Whether a window is of the shortest level. */
    boolean isShortest(SlaWindowId window) {
        return window.lengthMillis() == lengthMillis;
    }

    /**
     * In proportion to their length: a window is published as often as any other in its time, but
     * no reader waits longer than a minute for a change.
     */
    private long firingMillis(long lengthOfWindow) {
        long proportional = earlyFiringMillis * Math.max(1, lengthOfWindow / lengthMillis);
        return Math.min(proportional, Math.max(earlyFiringMillis, RAREST_FIRING_MILLIS));
    }

    /**
     * Log time until which a counted request is remembered. Longer than the dedup window, because
     * log time may run ahead of a slow partition by as much as a window still takes.
     */
    long forgetAt(long timeMillis) {
        return timeMillis + dedupMillis + lengthMillis + latenessMillis;
    }
}
