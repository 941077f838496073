package io.sluice.core.model;

/**
 * What was predicted of a request's output.
 *
 * @param outputTokens expected length; 0 when nobody predicted one
 * @param lengthScore grows with the expected length, in a unit of the predictor's own: rankings
 *     order by it, and it keeps apart what a whole number of tokens would not; {@link Double#NaN}
 *     when nobody gave one
 */
public record Prediction(int outputTokens, double lengthScore) {

    /** Nothing was predicted. */
    public static final Prediction NONE = new Prediction(0, Double.NaN);

    /** Rejects a negative length. */
    public Prediction {
        if (outputTokens < 0) {
            throw new IllegalArgumentException(
                    "predicted output must not be negative, got %d tokens".formatted(outputTokens));
        }
    }

    /** A length without a score. */
    public static Prediction ofTokens(int outputTokens) {
        return outputTokens == 0 ? NONE : new Prediction(outputTokens, Double.NaN);
    }

    /** Whether there is a score. */
    public boolean hasScore() {
        return !Double.isNaN(lengthScore);
    }
}
