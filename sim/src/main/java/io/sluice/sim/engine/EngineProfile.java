package io.sluice.sim.engine;

/**
 * Everything that makes one engine differ from another: a model on a GPU, under an engine's
 * settings.
 *
 * @param name what users call it, such as {@code A100_7B}
 * @param model the model it serves
 * @param hardware the GPU it runs on
 * @param cost how long a step lasts
 * @param limits what it holds at most
 * @param rules how it forms batches
 */
public record EngineProfile(
        String name,
        String model,
        String hardware,
        StepCost cost,
        EngineLimits limits,
        BatchingRules rules) {

    /** Refuses combinations that have no meaning. */
    public EngineProfile {
        boolean whole = rules.prefillMode() == PrefillMode.WHOLE;
        if (!whole && !cost.coversMixedSteps()) {
            throw new IllegalArgumentException(
                    "engine profile %s: its step cost says nothing of mixed steps, use prefill mode WHOLE"
                            .formatted(name));
        }
        if (whole && limits.maxBatchedTokens() < limits.maxContextTokens()) {
            throw new IllegalArgumentException(
                    "engine profile %s: prompts are computed whole, so maxBatchedTokens (%d) must reach maxContextTokens (%d)"
                            .formatted(name, limits.maxBatchedTokens(), limits.maxContextTokens()));
        }
    }

    /** This profile with another step cost. */
    public EngineProfile withCost(StepCost other) {
        return new EngineProfile(name, model, hardware, other, limits, rules);
    }

    /** This profile with other limits. */
    public EngineProfile withLimits(EngineLimits other) {
        return new EngineProfile(name, model, hardware, cost, other, rules);
    }

    /** This profile with other batching rules. */
    public EngineProfile withRules(BatchingRules other) {
        return new EngineProfile(name, model, hardware, cost, limits, other);
    }
}
