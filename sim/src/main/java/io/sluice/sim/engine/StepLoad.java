package io.sluice.sim.engine;

/**
 * What one engine step computes: the numbers its duration depends on.
 *
 * @param prefillTokens prompt tokens computed in the step, summed over its requests
 * @param longestPrefillTokens the largest share one request has in {@code prefillTokens}
 * @param decodes requests that compute exactly one token after the rest of their context
 * @param contextTokens context lengths of those decodes, summed, the new token included
 * @param longestContextTokens the largest of those context lengths
 */
public record StepLoad(
        int prefillTokens,
        int longestPrefillTokens,
        int decodes,
        long contextTokens,
        int longestContextTokens) {

    /** A step in which only prompts are computed, or nothing. */
    static StepLoad prefill(int tokens, int longest) {
        return new StepLoad(tokens, longest, 0, 0, 0);
    }

    /** Whether nothing is computed. */
    boolean isEmpty() {
        return prefillTokens == 0 && decodes == 0;
    }

    /** Whether prompt tokens are part of the step. */
    public boolean mixed() {
        return prefillTokens > 0;
    }

    /**
     * The load of the same decodes {@code steps} steps later, each with a context longer by one
     * token a step.
     */
    public StepLoad after(int steps) {
        return new StepLoad(
                prefillTokens,
                longestPrefillTokens,
                decodes,
                contextTokens + (long) decodes * steps,
                longestContextTokens + steps);
    }
}
