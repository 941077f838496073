package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A finished request on its way to one of the groups it counts in.
 *
 * @param group the group: scope and value, see {@code SlaGroup}
 * @param appendedMillis when its outcome was appended to the log: decides about the window
 * @param position where its outcome is in the log; only on the way to the group of everything,
 *     which reports it if it is late
 * @param stale it may have been counted long ago: count it as late only
 * @param folded its own value has no place, so it counts in the group of the rest
 * @param sample what it adds
 */
public record GroupedSample(
        String group,
        long appendedMillis,
        @Nullable LogPosition position,
        boolean stale,
        boolean folded,
        SlaSampleState sample) {}
