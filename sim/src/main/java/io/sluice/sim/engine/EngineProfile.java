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
 * @param transfer how long keys and values take to its host and back; zero if that is not known,
 *     and then they are never copied
 */
public record EngineProfile(
        String name,
        String model,
        String hardware,
        StepCost cost,
        EngineLimits limits,
        BatchingRules rules,
        KvTransfer transfer) {

    /** An engine that cannot copy keys and values to its host. */
    public EngineProfile(
            String name,
            String model,
            String hardware,
            StepCost cost,
            EngineLimits limits,
            BatchingRules rules) {
        this(name, model, hardware, cost, limits, rules, new KvTransfer(0, 0));
    }

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
        return new EngineProfile(name, model, hardware, other, limits, rules, transfer);
    }

    /** This profile with other limits. */
    public EngineProfile withLimits(EngineLimits other) {
        return new EngineProfile(name, model, hardware, cost, other, rules, transfer);
    }

    /** This profile with other batching rules. */
    public EngineProfile withRules(BatchingRules other) {
        return new EngineProfile(name, model, hardware, cost, limits, other, transfer);
    }
}
