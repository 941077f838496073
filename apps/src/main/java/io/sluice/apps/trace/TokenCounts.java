package io.sluice.apps.trace;

import org.jspecify.annotations.Nullable;

/**
 * Lengths of a request in tokens of whatever tokenizer its source used.
 *
 * @param promptTokens length of the prompt, at least 1
 * @param outputTokens true length of the answer, at least 1
 * @param predictedOutputTokens what a real predictor said the answer's length would be, where the
 *     source recorded one
 */
public record TokenCounts(
        int promptTokens, int outputTokens, @Nullable Integer predictedOutputTokens) {

    public TokenCounts {
        if (promptTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "a request needs a prompt and an output of at least one token, not "
                            + promptTokens
                            + " and "
                            + outputTokens);
        }
    }

    /** Lengths without a recorded prediction. */
    public static TokenCounts of(int promptTokens, int outputTokens) {
        return new TokenCounts(promptTokens, outputTokens, null);
    }
}
