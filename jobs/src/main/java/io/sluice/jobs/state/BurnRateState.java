package io.sluice.jobs.state;

/**
 * A burn rate.
 *
 * @param windowMillis nominal length of the window
 * @param fromMillis start of the counts
 * @param good requests that kept the promise
 * @param bad requests that did not
 * @param rate the rate
 */
public record BurnRateState(long windowMillis, long fromMillis, long good, long bad, double rate) {}
