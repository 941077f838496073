package io.sluice.sim.engine;

/**
 * What an engine has done since it was made. A step counts when it ends.
 *
 * @param steps steps taken
 * @param mixedSteps those that computed prompt tokens
 * @param prefillTokens prompt tokens computed, recomputed ones included
 * @param decodeTokens tokens computed one at a time
 * @param cachedTokens tokens that did not have to be computed because the prefix cache held them
 * @param outputTokens output tokens made
 * @param finished requests finished
 * @param cancelled requests cancelled
 * @param refused requests refused
 * @param preemptions times a request lost its memory
 * @param busyNanos time during which a step ran
 */
public record EngineCounters(
        long steps,
        long mixedSteps,
        long prefillTokens,
        long decodeTokens,
        long cachedTokens,
        long outputTokens,
        long finished,
        long cancelled,
        long refused,
        long preemptions,
        long busyNanos) {

    /** Tokens computed per step, on average: how full the batches were. */
    public double meanBatchTokens() {
        return steps == 0 ? 0 : (double) (prefillTokens + decodeTokens) / steps;
    }
}
