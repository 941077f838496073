package io.sluice.sim.engine;

/**
 * How an engine forms its batches.
 *
 * @param prefillMode whether prompts are cut and mixed with decodes
 * @param prefixCache whether KV blocks with the same leading content are shared and remembered
 * @param lookAheadSteps 1 if the batch after the next is composed when a step ends, while the next
 *     one already runs; 0 if the next batch is composed then
 * @param promptGivesToken whether the step that computes the last prompt token also gives the first
 *     output token, as engines do; if not, each output token takes a step of its own, as in the
 *     "semantic scheduling" study
 * @param lastPromptOnly whether the prefix cache forgets all but the prompt computed last, as in
 *     the model of the k-LPM paper (arXiv 2502.04677)
 */
public record BatchingRules(
        PrefillMode prefillMode,
        boolean prefixCache,
        int lookAheadSteps,
        boolean promptGivesToken,
        boolean lastPromptOnly) {

    /** Rules under which the first output token comes with the prompt. */
    public BatchingRules(PrefillMode prefillMode, boolean prefixCache, int lookAheadSteps) {
        this(prefillMode, prefixCache, lookAheadSteps, true, false);
    }

    /** Refuses a look-ahead other than 0 or 1. */
    public BatchingRules {
        if (lookAheadSteps != 0 && lookAheadSteps != 1) {
            throw new IllegalArgumentException(
                    "batching rules: lookAheadSteps must be 0 or 1, is " + lookAheadSteps);
        }
    }

    /** These rules with another look-ahead. */
    public BatchingRules withLookAheadSteps(int steps) {
        return new BatchingRules(prefillMode, prefixCache, steps, promptGivesToken, lastPromptOnly);
    }

    /** These rules with the prefix cache on or off. */
    public BatchingRules withPrefixCache(boolean on) {
        return new BatchingRules(prefillMode, on, lookAheadSteps, promptGivesToken, lastPromptOnly);
    }

    /** These rules with a prefix cache that holds the last prompt only, or with a full one. */
    public BatchingRules withLastPromptOnly(boolean only) {
        return new BatchingRules(prefillMode, true, lookAheadSteps, promptGivesToken, only);
    }
}
