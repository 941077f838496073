package io.sluice.jobs.state;

import org.jspecify.annotations.Nullable;

/**
 * A finished request that waits to be folded into its window.
 *
 * @param windowStartMillis start of the window it counts in
 * @param sample what it adds; null for one that came too late and only counts as such
 */
public record PendingSample(long windowStartMillis, @Nullable SlaSampleState sample) {}
