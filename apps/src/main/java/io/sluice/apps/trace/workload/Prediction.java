package io.sluice.apps.trace.workload;

import io.sluice.apps.trace.TokenCounts;

import org.jspecify.annotations.Nullable;

/** What {@code predicted_output_tokens} says. */
public enum Prediction {
    /** Nothing. */
    NONE,
    /** The true length. */
    EXACT,
    /** What a real predictor said, where the trace recorded that. */
    RECORDED;

    /**
     * The prediction for a request.
     *
     * @param tokens its lengths
     * @param produced tokens that it will produce, the limit considered
     */
    public @Nullable Integer of(TokenCounts tokens, int produced) {
        return switch (this) {
            case NONE -> null;
            case EXACT -> produced;
            case RECORDED -> tokens.predictedOutputTokens();
        };
    }
}
