package io.sluice.sim.engine;

import java.util.OptionalInt;

/**
 * A request as an engine sees it.
 *
 * @param id unique among the requests that the engine holds
 * @param promptTokens length of the prompt, 1 or more
 * @param outputTokens tokens after which the model stops by itself, 1 or more
 * @param maxTokens the user's bound on the output, if any
 * @param promptBlocks what is known of the prompt's content, for the prefix cache
 */
public record EngineRequest(
        String id,
        int promptTokens,
        int outputTokens,
        OptionalInt maxTokens,
        PromptBlocks promptBlocks) {

    /** Refuses lengths under 1. */
    public EngineRequest {
        requirePositive(id, "promptTokens", promptTokens);
        requirePositive(id, "outputTokens", outputTokens);
        if (maxTokens.isPresent()) {
            requirePositive(id, "maxTokens", maxTokens.getAsInt());
        }
    }

    /** A request without a bound on its output, and of unknown content. */
    public static EngineRequest of(String id, int promptTokens, int outputTokens) {
        return new EngineRequest(
                id, promptTokens, outputTokens, OptionalInt.empty(), PromptBlocks.unknown());
    }

    /** This request with known content. */
    public EngineRequest withPromptBlocks(PromptBlocks blocks) {
        return new EngineRequest(id, promptTokens, outputTokens, maxTokens, blocks);
    }

    /** This request with a bound on its output. */
    public EngineRequest withMaxTokens(int tokens) {
        return new EngineRequest(
                id, promptTokens, outputTokens, OptionalInt.of(tokens), promptBlocks);
    }

    /** Tokens it will produce: what the model wants to say, cut at the user's bound. */
    public int producedTokens() {
        return Math.min(outputTokens, maxTokens.orElse(Integer.MAX_VALUE));
    }

    /** Why it will end. */
    FinishReason finishReason() {
        return outputTokens > producedTokens() ? FinishReason.LENGTH : FinishReason.STOP;
    }

    private static void requirePositive(String id, String what, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "request %s: %s must be at least 1, is %d".formatted(id, what, value));
        }
    }
}
