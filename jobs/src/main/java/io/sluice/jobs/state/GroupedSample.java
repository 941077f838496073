package io.sluice.jobs.state;

/**
 * A finished request on its way to one of the groups it counts in.
 *
 * @param group the group: scope and value, see {@code SlaGroup}
 * @param position where its outcome is in the log; the time of it decides about the window
 * @param stale it may have been counted long ago: count it as late only
 * @param folded its own value has no place, so it counts in the group of the rest
 * @param sample what it adds
 */
public record GroupedSample(
        String group, LogPosition position, boolean stale, boolean folded, SlaSampleState sample) {}
