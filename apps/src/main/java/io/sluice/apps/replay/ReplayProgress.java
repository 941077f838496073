package io.sluice.apps.replay;

import io.sluice.core.latency.LatencyStats;

import java.util.Optional;

/**
 * How far a replay has got.
 *
 * @param counts what has become of the records
 * @param lag how late requests were handed to the Kafka client, after they were due; empty before
 *     the first
 * @param elapsedNanos wall time since the start
 * @param scheduledNanos offset of the latest request sent: where the schedule is
 */
public record ReplayProgress(
        ReplayCounts counts, Optional<LatencyStats> lag, long elapsedNanos, long scheduledNanos) {}
