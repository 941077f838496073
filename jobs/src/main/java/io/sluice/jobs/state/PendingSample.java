package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A finished request that waits to be folded into its window.
 *
 * @param windowStartMillis start of the window it counts in
 * @param sample what it adds; null for one that came too late and only counts as such
 * @param folded it is here because its value had no place of its own
 */
public record PendingSample(
        long windowStartMillis, @Nullable SlaSampleState sample, boolean folded) {}
