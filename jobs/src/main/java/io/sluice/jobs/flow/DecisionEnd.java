package io.sluice.jobs.flow;

import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SettledRequest;

import org.jspecify.annotations.Nullable;

/**
 * How a request ends, and what came of it; numbers are {@link Double#NaN}, or -1, unless it
 * completed.
 *
 * @param outcome name of the outcome on the topic
 * @param code machine-readable error, or null
 * @param outputTokens tokens generated
 * @param ttftMillis milliseconds from submission to first token
 * @param tpotMillis milliseconds per output token after the first
 * @param e2eMillis milliseconds from submission to last token
 */
public record DecisionEnd(
        String outcome,
        @Nullable String code,
        int outputTokens,
        double ttftMillis,
        double tpotMillis,
        double e2eMillis) {

    /** What an outcome says. */
    public static DecisionEnd of(SettledRequest settled) {
        String outcome = settled.outcome().wireName();
        RunMeasures measures = settled.measures();
        return measures == null
                ? new DecisionEnd(outcome, settled.code(), -1, Double.NaN, Double.NaN, Double.NaN)
                : new DecisionEnd(
                        outcome,
                        settled.code(),
                        measures.outputTokens(),
                        measures.ttftMillis(),
                        measures.tpotMillis(),
                        measures.e2eMillis());
    }
}
