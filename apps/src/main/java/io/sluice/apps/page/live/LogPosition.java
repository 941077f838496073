package io.sluice.apps.page.live;

import org.jspecify.annotations.Nullable;

/**
 * A place in a topic, as decisions write it.
 *
 * @param partition topic and partition
 * @param offset place in it
 */
record LogPosition(String partition, long offset) {

    /** Reads topic-partition-offset; null if it is none. */
    static @Nullable LogPosition parse(@Nullable String text) {
        int dash = text == null ? -1 : text.lastIndexOf('-');
        if (text == null || dash < 1) {
            return null;
        }
        try {
            return new LogPosition(
                    text.substring(0, dash), Long.parseLong(text.substring(dash + 1)));
        } catch (NumberFormatException none) {
            return null;
        }
    }

    /** Whether it lies before another of the same partition, or is it. */
    boolean isUpTo(LogPosition other) {
        return partition.equals(other.partition) && offset <= other.offset;
    }
}
