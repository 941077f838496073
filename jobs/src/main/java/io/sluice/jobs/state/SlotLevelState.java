package io.sluice.jobs.state;

/**
 * Counts in the slots of one resolution, those without requests left out; arrays of one length.
 *
 * @param starts start of each slot
 * @param good requests that kept the promise
 * @param bad requests that did not
 * @param excluded requests that do not count
 * @param late requests that came too late
 */
public record SlotLevelState(
        long[] starts, long[] good, long[] bad, long[] excluded, long[] late) {}
