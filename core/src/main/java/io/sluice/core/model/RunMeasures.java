package io.sluice.core.model;

import org.jspecify.annotations.Nullable;

/**
 * What a completed run measured. Latencies count from submission; durations come from the worker's
 * monotonic clock.
 *
 * @param queueWaitMillis submission to dispatch
 * @param ttftMillis submission to first token
 * @param tpotMillis mean time per output token after the first; {@link Double#NaN} for a single
 *     token
 * @param e2eMillis submission to last token
 * @param inputTokens prompt tokens
 * @param outputTokens tokens produced
 * @param cachedTokens prompt tokens found in the prefix cache
 * @param finishReason OpenAI's word ({@code stop}, {@code length}), or null
 */
public record RunMeasures(
        long queueWaitMillis,
        double ttftMillis,
        double tpotMillis,
        double e2eMillis,
        int inputTokens,
        int outputTokens,
        int cachedTokens,
        @Nullable String finishReason) {

    /**
     * Whether every target that was named is met, by the rules of the attainment windows: a latency
     * that is missing or cannot be right misses its target, and fewer than two output tokens have
     * no time between them, so they meet any TPOT target.
     */
    public boolean meets(SloTarget slo) {
        return within(ttftMillis, slo.ttftMillis())
                && within(outputTokens < 2 ? 0 : tpotMillis, slo.tpotMillis())
                && within(e2eMillis, slo.e2eMillis());
    }

    private static boolean within(double measured, double target) {
        return Double.isNaN(target) || SloTarget.isMet(measured, target);
    }
}
