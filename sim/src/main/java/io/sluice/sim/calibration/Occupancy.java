package io.sluice.sim.calibration;

/**
 * An engine's batch and queue at one moment.
 *
 * @param atNanos the moment
 * @param running requests in the batch
 * @param waiting requests in the queue
 */
public record Occupancy(long atNanos, int running, int waiting) {}
