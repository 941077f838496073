package io.sluice.sim.engine;

/**
 * The company in which a request's speed is judged.
 *
 * @param decodes requests decoding beside it
 * @param promptTokens length of its prompt
 * @param outputTokens length of its output; the others are half-way through outputs of that length
 */
public record TypicalLoad(int decodes, int promptTokens, int outputTokens) {

    /** Refuses lengths under 1 and a negative company. */
    public TypicalLoad {
        if (decodes < 0 || promptTokens < 1 || outputTokens < 1) {
            throw new IllegalArgumentException(
                    "typical load: need decodes >= 0, promptTokens >= 1, outputTokens >= 1, got %d, %d, %d"
                            .formatted(decodes, promptTokens, outputTokens));
        }
    }

    /**
     * Half of the slots decoding, prompts of 1,024 and outputs of 256 tokens (the means of the
     * Azure conversation trace of 2023 are 1,203 and 201), both shortened where KV memory cannot
     * hold so much.
     */
    public static TypicalLoad of(EngineProfile profile) {
        int decodes = profile.limits().maxSequences() / 2;
        long perRequest = profile.limits().usableKvTokens() * 3 / 4 / (decodes + 1);
        int prompt = (int) Math.max(1, Math.min(1_024, perRequest * 4 / 5));
        int output = (int) Math.max(1, Math.min(256, perRequest / 5));
        return new TypicalLoad(decodes, prompt, output);
    }

    /** What one step of the company computes, with our request among the decodes or not. */
    StepLoad decodeLoad(int requests) {
        int context = promptTokens + outputTokens / 2;
        return new StepLoad(0, 0, requests, (long) requests * context, requests == 0 ? 0 : context);
    }
}
