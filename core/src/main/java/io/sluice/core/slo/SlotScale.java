package io.sluice.core.slo;

import java.util.List;

/**
 * How log time is cut into slots, in four resolutions, and which windows look back over them. All
 * lengths are multiples of one, so that a demo or a test sees in seconds what takes days: a slot of
 * 10 s gives resolutions of 10 s, 1 min, 5 min and 1 h, and windows of 5 min, 30 min, 1 h, 6 h and
 * 3 d.
 *
 * @param slotMillis length of the finest slot
 */
public record SlotScale(long slotMillis) {

    /** Number of resolutions. */
    public static final int LEVELS = 4;

    /** Slots in one slot of each resolution. */
    private static final long[] SLOTS = {1, 6, 30, 360};

    /** Longest window, in slots, that each resolution but the coarsest is good for. */
    private static final long[] LONGEST = {30, 360, 2_160};

    private static final long FIVE_MINUTES = 30;
    private static final long HALF_AN_HOUR = 180;
    private static final long HOUR = 360;
    private static final long SIX_HOURS = 2_160;
    private static final long THREE_DAYS = 25_920;

    /** Rejects a length that is none. */
    public SlotScale {
        if (slotMillis <= 0) {
            throw new IllegalArgumentException(
                    "A slot of %d ms is no stretch of time".formatted(slotMillis));
        }
    }

    /** Length of the slots of a resolution, 0 the finest. */
    public long lengthMillis(int level) {
        return slotMillis * SLOTS[level];
    }

    /** Start of the slot of a resolution that a time falls in. */
    public long floor(int level, long timeMillis) {
        long length = lengthMillis(level);
        return Math.floorDiv(timeMillis, length) * length;
    }

    /** End of the finest slot that a time falls in, exclusive. */
    public long endOf(long timeMillis) {
        return floor(0, timeMillis) + slotMillis;
    }

    /** The coarsest resolution at which a window of this length is still sharp enough. */
    public int levelOf(long windowMillis) {
        for (int level = 0; level < LONGEST.length; level++) {
            if (windowMillis <= LONGEST[level] * slotMillis) {
                return level;
            }
        }
        return LONGEST.length;
    }

    /** Where a window that ends at a time starts: rounded down to its resolution. */
    public long fromOf(long windowMillis, long endMillis) {
        return floor(levelOf(windowMillis), endMillis - windowMillis);
    }

    /** The windows over which burn rates are reckoned, shortest first, in milliseconds. */
    public List<Long> windowsMillis() {
        return List.of(fiveMinutes(), halfAnHour(), hour(), sixHours(), THREE_DAYS * slotMillis);
    }

    /**
     * How far back counts matter, for an objective of that period: its own, or the longest window.
     */
    public long reachMillis(long periodMillis) {
        return Math.max(periodMillis, threeDays());
    }

    long fiveMinutes() {
        return FIVE_MINUTES * slotMillis;
    }

    long halfAnHour() {
        return HALF_AN_HOUR * slotMillis;
    }

    long hour() {
        return HOUR * slotMillis;
    }

    long sixHours() {
        return SIX_HOURS * slotMillis;
    }

    long threeDays() {
        return THREE_DAYS * slotMillis;
    }
}
