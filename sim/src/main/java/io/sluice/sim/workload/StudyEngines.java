package io.sluice.sim.workload;

import io.sluice.sim.engine.BatchingRules;
import io.sluice.sim.engine.EngineLimits;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.LinearStepCost;
import io.sluice.sim.engine.PrefillMode;

/** The machines that papers assume whose workloads are here: so simple that they need no GPU. */
public final class StudyEngines {

    private static final String NO_MODEL = "any";
    private static final double NEXT_TO_NOTHING_SECONDS = 1e-12;
    private static final double PREFILL_TOKEN_SECONDS = 1e-4;

    /** Time of a token where nobody says another, in seconds. */
    public static final double TOKEN_SECONDS = 0.03;

    private static final int LONGEST_TOKENS = 2 * RankingBurstSettings.MOST_TOKENS;
    private static final double MILLIS_PER_SECOND = 1e3;
    private static final int BLOCK_TOKENS = 16;

    private StudyEngines() {}

    /**
     * Prompts one at a time, 0.1 ms for each token that the prefix cache does not hold: the model
     * of the k-LPM paper.
     *
     * @param settings the prompts
     * @param cacheTokens what the cache holds, least recently used out first; 0 for the prompt
     *     computed last and nothing else
     */
    public static EngineProfile onePromptAtATime(PrefixTreeSettings settings, long cacheTokens) {
        int prompt = settings.prompt().tokens();
        int block = settings.prompt().blockTokens();
        long blocks = Math.max(cacheTokens, prompt) / block + 1 + EngineLimits.RESERVED_BLOCKS;
        BatchingRules rules = new BatchingRules(PrefillMode.CHUNKED, true, 0);
        return new EngineProfile(
                "0.1 ms per prompt token",
                NO_MODEL,
                NO_MODEL,
                LinearStepCost.ofStep(NEXT_TO_NOTHING_SECONDS)
                        .withPrefillToken(PREFILL_TOKEN_SECONDS),
                new EngineLimits(
                        1,
                        prompt,
                        block,
                        (int) Math.min(Integer.MAX_VALUE, blocks),
                        Math.max(2, prompt + 1)),
                cacheTokens == 0 ? rules.withLastPromptOnly(true) : rules);
    }

    /**
     * Slots in which each token takes as long, whatever the others do, and prompts take nothing:
     * list scheduling, as burst experiments of learning to rank assume.
     *
     * @param slots requests at once
     * @param tokenSeconds how long a token takes
     */
    public static EngineProfile constantStep(int slots, double tokenSeconds) {
        Settings.requirePositive("seconds per token", tokenSeconds);
        int blocks = slots * (LONGEST_TOKENS / BLOCK_TOKENS) + EngineLimits.RESERVED_BLOCKS;
        return new EngineProfile(
                "%.0f ms per token".formatted(tokenSeconds * MILLIS_PER_SECOND),
                NO_MODEL,
                NO_MODEL,
                LinearStepCost.ofStep(tokenSeconds),
                new EngineLimits(slots, Integer.MAX_VALUE, BLOCK_TOKENS, blocks, LONGEST_TOKENS),
                new BatchingRules(PrefillMode.CHUNKED, false, 0));
    }
}
