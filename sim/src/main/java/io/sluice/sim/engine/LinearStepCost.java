package io.sluice.sim.engine;

/**
 * Step time as a sum of non-negative terms, none of which can be negative: a constant, prompt
 * tokens, decoding requests, their summed context, and in mixed steps a constant and the summed
 * context once more. In picoseconds.
 *
 * <p>The terms have physical meaning: reading the weights once a step, computing a prompt token,
 * per-request work, reading one token's keys and values, and the slow-down of attention over
 * contexts next to a prompt.
 *
 * @param stepPicos every step
 * @param prefillTokenPicos per prompt token computed
 * @param decodePicos per decoding request
 * @param contextTokenPicos per token of the decodes' summed context
 * @param mixedContextTokenPicos the same once more, only in steps that compute prompt tokens
 * @param mixedStepPicos every step that computes prompt tokens
 */
public record LinearStepCost(
        long stepPicos,
        long prefillTokenPicos,
        long decodePicos,
        long contextTokenPicos,
        long mixedContextTokenPicos,
        long mixedStepPicos)
        implements StepCost {

    /** The largest coefficient per step or request, in seconds. */
    public static final double MAX_STEP_SECONDS = 100;

    /** The largest coefficient per prompt token, in seconds. */
    public static final double MAX_PREFILL_TOKEN_SECONDS = 1;

    /** The largest coefficient per context token, in seconds. */
    public static final double MAX_CONTEXT_TOKEN_SECONDS = 1e-3;

    /** Refuses negative coefficients, naming the one. */
    public LinearStepCost {
        requireNotNegative("step", stepPicos);
        requireNotNegative("prefill token", prefillTokenPicos);
        requireNotNegative("decode", decodePicos);
        requireNotNegative("context token", contextTokenPicos);
        requireNotNegative("mixed context token", mixedContextTokenPicos);
        requireNotNegative("mixed step", mixedStepPicos);
        if (stepPicos == 0) {
            throw new IllegalArgumentException("step cost: a step must take time, step is 0 s");
        }
    }

    /** A cost of a constant only; the other terms are added with the {@code with...} methods. */
    public static LinearStepCost ofStep(double seconds) {
        return new LinearStepCost(
                Picos.ofSeconds("step", seconds, MAX_STEP_SECONDS), 0, 0, 0, 0, 0);
    }

    /** This cost with another coefficient per prompt token. */
    public LinearStepCost withPrefillToken(double seconds) {
        long picos = Picos.ofSeconds("prefill token", seconds, MAX_PREFILL_TOKEN_SECONDS);
        return new LinearStepCost(
                stepPicos,
                picos,
                decodePicos,
                contextTokenPicos,
                mixedContextTokenPicos,
                mixedStepPicos);
    }

    /** This cost with another coefficient per decoding request. */
    public LinearStepCost withDecode(double seconds) {
        long picos = Picos.ofSeconds("decode", seconds, MAX_STEP_SECONDS);
        return new LinearStepCost(
                stepPicos,
                prefillTokenPicos,
                picos,
                contextTokenPicos,
                mixedContextTokenPicos,
                mixedStepPicos);
    }

    /** This cost with another coefficient per context token. */
    public LinearStepCost withContextToken(double seconds) {
        long picos = Picos.ofSeconds("context token", seconds, MAX_CONTEXT_TOKEN_SECONDS);
        return new LinearStepCost(
                stepPicos,
                prefillTokenPicos,
                decodePicos,
                picos,
                mixedContextTokenPicos,
                mixedStepPicos);
    }

    /** This cost with another coefficient per context token in mixed steps. */
    public LinearStepCost withMixedContextToken(double seconds) {
        long picos = Picos.ofSeconds("mixed context token", seconds, MAX_CONTEXT_TOKEN_SECONDS);
        return new LinearStepCost(
                stepPicos,
                prefillTokenPicos,
                decodePicos,
                contextTokenPicos,
                picos,
                mixedStepPicos);
    }

    /** This cost with another coefficient per mixed step. */
    public LinearStepCost withMixedStep(double seconds) {
        long picos = Picos.ofSeconds("mixed step", seconds, MAX_STEP_SECONDS);
        return new LinearStepCost(
                stepPicos,
                prefillTokenPicos,
                decodePicos,
                contextTokenPicos,
                mixedContextTokenPicos,
                picos);
    }

    @Override
    public long stepPicos(StepLoad load) {
        long picos =
                stepPicos
                        + prefillTokenPicos * load.prefillTokens()
                        + decodePicos * load.decodes()
                        + Math.multiplyExact(contextTokenPicos, load.contextTokens());
        if (!load.mixed()) {
            return picos;
        }
        return picos
                + mixedStepPicos
                + Math.multiplyExact(mixedContextTokenPicos, load.contextTokens());
    }

    @Override
    public long decodeRunPicos(StepLoad first, int steps) {
        long fixed = Math.multiplyExact(stepPicos + decodePicos * first.decodes(), (long) steps);
        long contexts = first.contextTokens() * steps + first.decodes() * Picos.growth(steps);
        return Math.addExact(fixed, Math.multiplyExact(contextTokenPicos, contexts));
    }

    @Override
    public boolean coversMixedSteps() {
        return true;
    }

    private static void requireNotNegative(String what, long picos) {
        if (picos < 0) {
            throw new IllegalArgumentException(
                    "step cost: %s is %d ps, must not be negative".formatted(what, picos));
        }
    }
}
