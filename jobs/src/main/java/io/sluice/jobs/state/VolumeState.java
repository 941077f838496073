package io.sluice.jobs.state;

/**
 * How much work a set of requests was, as {@link io.sluice.core.latency.SlaVolume} defines it.
 *
 * @param inputTokens prompt tokens
 * @param outputTokens tokens generated
 * @param goodputRequests requests that completed and missed no target
 * @param goodputTokens tokens generated for those
 * @param invalidLatencies latencies left out
 */
public record VolumeState(
        long inputTokens,
        long outputTokens,
        long goodputRequests,
        long goodputTokens,
        long invalidLatencies) {}
