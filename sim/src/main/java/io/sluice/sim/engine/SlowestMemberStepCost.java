package io.sluice.sim.engine;

/**
 * Step time that does not depend on the size of the batch: a step lasts as long as its slowest
 * member would alone. The cost form of the "semantic scheduling" study (arXiv 2506.12204): a prompt
 * of p tokens takes {@code c1 p^2 + c2 p}, one output token at a context of n tokens (itself
 * included) takes {@code a n + b}.
 *
 * <p>It has no meaning for a step that mixes prompts and decodes; profiles that use it compute
 * prompts in steps of their own.
 *
 * @param prefillSquareSeconds c1, seconds per squared prompt token
 * @param prefillTokenSeconds c2, seconds per prompt token
 * @param contextTokenPicos a, picoseconds per context token
 * @param decodePicos b, picoseconds per output token
 */
public record SlowestMemberStepCost(
        double prefillSquareSeconds,
        double prefillTokenSeconds,
        long contextTokenPicos,
        long decodePicos)
        implements StepCost {

    private static final double MAX_SECONDS = 100;
    private static final double MAX_TOKEN_SECONDS = 1e-3;

    /** Refuses coefficients that are negative, not finite, or leave a step without duration. */
    public SlowestMemberStepCost {
        Picos.ofSeconds("prefill square", prefillSquareSeconds, MAX_TOKEN_SECONDS);
        Picos.ofSeconds("prefill token", prefillTokenSeconds, MAX_SECONDS);
        if (contextTokenPicos < 0) {
            throw new IllegalArgumentException(
                    "step cost: context token is negative: " + contextTokenPicos + " ps");
        }
        if (decodePicos <= 0 || prefillTokenSeconds <= 0) {
            throw new IllegalArgumentException(
                    "step cost: decode and prefill token must be above 0, a step takes time");
        }
    }

    /**
     * The cost with the study's own letters, all in seconds.
     *
     * @param a per context token of a decode
     * @param b per decode
     * @param c1 per squared prompt token
     * @param c2 per prompt token
     */
    public static SlowestMemberStepCost ofSeconds(double a, double b, double c1, double c2) {
        return new SlowestMemberStepCost(
                c1,
                c2,
                Picos.ofSeconds("context token", a, MAX_TOKEN_SECONDS),
                Picos.ofSeconds("decode", b, MAX_SECONDS));
    }

    @Override
    public long stepPicos(StepLoad load) {
        if (load.mixed()) {
            double tokens = load.longestPrefillTokens();
            double seconds = prefillSquareSeconds * tokens * tokens + prefillTokenSeconds * tokens;
            return Math.round(seconds * Picos.PER_SECOND);
        }
        return decodePicos + contextTokenPicos * load.longestContextTokens();
    }

    @Override
    public long decodeRunPicos(StepLoad first, int steps) {
        long contexts = (long) first.longestContextTokens() * steps + Picos.growth(steps);
        return Math.addExact(
                Math.multiplyExact(decodePicos, (long) steps),
                Math.multiplyExact(contextTokenPicos, contexts));
    }

    @Override
    public boolean coversMixedSteps() {
        return false;
    }
}
