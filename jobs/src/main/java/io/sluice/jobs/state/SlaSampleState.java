package io.sluice.jobs.state;

/**
 * What one finished request adds to an aggregate. Latencies and targets in milliseconds, NaN where
 * there is none.
 *
 * @param outcome wire name of the outcome
 * @param queueWaitMillis submission to dispatch or eviction
 * @param ttftMillis time to first token
 * @param tpotMillis time per output token after the first
 * @param e2eMillis time to the last token
 * @param sloTtftMillis target of the time to first token
 * @param sloTpotMillis target of the time per output token
 * @param sloE2eMillis target of the time to the last token
 * @param inputTokens tokens of the prompt
 * @param outputTokens tokens generated
 */
public record SlaSampleState(
        String outcome,
        double queueWaitMillis,
        double ttftMillis,
        double tpotMillis,
        double e2eMillis,
        double sloTtftMillis,
        double sloTpotMillis,
        double sloE2eMillis,
        long inputTokens,
        long outputTokens) {}
