package io.sluice.sim.sequential;

import io.sluice.sim.engine.StudyCoefficients;

/**
 * What work takes on a GPU of its own, in seconds. A prompt of p tokens takes {@code c1 p^2 + c2
 * p}; after a context of n tokens, the token behind it takes {@code a (n + 1) + b}.
 *
 * @param compute a, b, c1 and c2
 * @param loadSeconds per token whose keys and values are read back
 * @param saveSeconds per token whose keys and values are put aside
 */
public record SequentialCost(StudyCoefficients compute, double loadSeconds, double saveSeconds) {

    /** Rejects transfers that take no time or for ever. */
    public SequentialCost {
        requirePositive("load", loadSeconds);
        requirePositive("save", saveSeconds);
    }

    /** A setting of the study, with its own time to load and to save. */
    public static SequentialCost of(StudyCoefficients compute) {
        return new SequentialCost(compute, compute.transferSeconds(), compute.transferSeconds());
    }

    private static void requirePositive(String name, double seconds) {
        if (!(seconds > 0 && seconds < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "sequential cost: %s is %s s per token, must be finite and above 0"
                            .formatted(name, seconds));
        }
    }

    /** Time of a prompt, or of part of one. */
    double prefill(double tokens) {
        return compute.prefillSquareSeconds() * tokens * tokens
                + compute.prefillTokenSeconds() * tokens;
    }

    /** Time of output tokens behind a context. */
    double decode(double context, double tokens) {
        double contexts = tokens * tokens / 2 + context * tokens + tokens / 2;
        return compute.contextTokenSeconds() * contexts + compute.decodeSeconds() * tokens;
    }

    /** Whole output tokens behind a context that take no longer than a time. */
    int tokensWithin(int context, double seconds) {
        double a = compute.contextTokenSeconds();
        double linear = a * (context + 0.5) + compute.decodeSeconds();
        // The quadratic's root in the form that also holds where a is 0.
        return (int) (2 * seconds / (linear + Math.sqrt(linear * linear + 2 * a * seconds)));
    }

    /** Time of a whole request. */
    double request(int promptTokens, int outputTokens) {
        return prefill(promptTokens) + decode(promptTokens, outputTokens);
    }
}
