package io.sluice.jobs;

import java.time.Duration;

/**
 * How a job checkpoints, where jobs differ.
 *
 * @param interval time between the starts of two checkpoints
 * @param unalignedFallback whether a checkpoint whose barriers are stuck may overtake the records
 *     before it. Not for a job that is upgraded from its last checkpoint: records in flight have no
 *     schema evolution
 */
public record CheckpointSettings(Duration interval, boolean unalignedFallback) {}
