package io.sluice.core.slo;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Counts of one series in slots of log time, in all resolutions, from which the counts of any
 * window are summed. Mutable, not thread-safe; the order of additions and merges does not matter.
 *
 * <p>A window reads the coarsest slots that fit it and finishes with finer ones, so that it always
 * reaches up to the last complete finest slot. Hence its counts are those of the requests from
 * {@link SlotScale#fromOf} up to its end, exactly.
 */
public final class SlidingCounts {

    private final SlotScale scale;
    private final List<NavigableMap<Long, SlotCounts>> levels = new ArrayList<>();

    /** No counts. */
    public SlidingCounts(SlotScale scale) {
        this.scale = scale;
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            levels.add(new TreeMap<>());
        }
    }

    /** Counts in the slots of a time. */
    public void add(long timeMillis, SlotCounts counts) {
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            put(level, scale.floor(level, timeMillis), counts);
        }
    }

    /** Adds to one slot of one resolution: how a snapshot is read back. */
    public void put(int level, long startMillis, SlotCounts counts) {
        levels.get(level).merge(startMillis, counts, SlotCounts::plus);
    }

    /** Adds all that {@code other} counted, on the same scale. */
    public void merge(SlidingCounts other) {
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            int resolution = level;
            other.levels.get(level).forEach((start, counts) -> put(resolution, start, counts));
        }
    }

    /** Slots of a resolution by their start, those without requests left out. */
    public SortedMap<Long, SlotCounts> slots(int level) {
        return new TreeMap<>(levels.get(level));
    }

    /**
     * Counts of a window.
     *
     * @param windowMillis its length
     * @param endMillis its end, exclusive: the end of a slot
     */
    public SlotCounts over(long windowMillis, long endMillis) {
        long from = scale.fromOf(windowMillis, endMillis);
        SlotCounts sum = SlotCounts.NONE;
        for (int level = scale.levelOf(windowMillis); level >= 0; level--) {
            long to = Math.max(from, scale.floor(level, endMillis));
            for (SlotCounts slot : levels.get(level).subMap(from, to).values()) {
                sum = sum.plus(slot);
            }
            from = to;
        }
        return sum;
    }

    /** Whether nothing is kept. */
    public boolean isEmpty() {
        return levels.get(SlotScale.LEVELS - 1).isEmpty();
    }

    /**
     * Whether there are requests that the short window of any rule can see which ends here or
     * later: if not, no alert can open.
     */
    public boolean reaches(long endMillis) {
        long from = scale.fromOf(scale.sixHours(), endMillis);
        return !levels.get(scale.levelOf(scale.sixHours())).tailMap(from).isEmpty();
    }

    /**
     * Drops the slots that no window can reach any more which ends here or later.
     *
     * @param endMillis end of the window evaluated last
     * @param longestMillis longest window in use
     */
    public void prune(long endMillis, long longestMillis) {
        for (int level = 0; level < SlotScale.LEVELS; level++) {
            long keep = scale.floor(level, endMillis - reachMillis(level, longestMillis));
            levels.get(level).headMap(keep).clear();
        }
    }

    /** How far back windows of this resolution look, or a coarser one that is finished with it. */
    private long reachMillis(int level, long longestMillis) {
        if (level == SlotScale.LEVELS - 1) {
            return scale.reachMillis(longestMillis);
        }
        long reach = scale.lengthMillis(level + 1);
        for (long window : scale.windowsMillis()) {
            if (scale.levelOf(window) == level) {
                reach = Math.max(reach, window);
            }
        }
        return scale.levelOf(longestMillis) == level ? Math.max(reach, longestMillis) : reach;
    }
}
