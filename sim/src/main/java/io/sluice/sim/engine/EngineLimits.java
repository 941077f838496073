package io.sluice.sim.engine;

/**
 * What an engine holds at most.
 *
 * @param maxSequences requests running at the same time
 * @param maxBatchedTokens tokens computed in one step, prompts and decodes together
 * @param blockTokens tokens in one block of KV memory
 * @param kvBlocks blocks of KV memory, the one that the engine keeps for itself included
 * @param maxContextTokens longest prompt plus output of one request
 */
public record EngineLimits(
        int maxSequences,
        int maxBatchedTokens,
        int blockTokens,
        int kvBlocks,
        int maxContextTokens) {

    /** Blocks that no request gets: engines of this kind point padding at it. */
    public static final int RESERVED_BLOCKS = 1;

    /** Refuses limits under which some step could hold nothing. */
    public EngineLimits {
        requireAtLeast("maxSequences", maxSequences, 1);
        requireAtLeast("blockTokens", blockTokens, 1);
        requireAtLeast("kvBlocks", kvBlocks, RESERVED_BLOCKS + 1);
        requireAtLeast("maxContextTokens", maxContextTokens, 2);
        // Otherwise a full batch of decodes would not fit a step and its tail would starve.
        requireAtLeast(
                "maxBatchedTokens (maxSequences is " + maxSequences + ")",
                maxBatchedTokens,
                maxSequences);
    }

    /** Blocks that requests can get. */
    public int usableBlocks() {
        return kvBlocks - RESERVED_BLOCKS;
    }

    /** Tokens that fit into {@link #usableBlocks}. */
    public long usableKvTokens() {
        return (long) usableBlocks() * blockTokens;
    }

    /** These limits with another number of running requests. */
    public EngineLimits withMaxSequences(int sequences) {
        return new EngineLimits(
                sequences, maxBatchedTokens, blockTokens, kvBlocks, maxContextTokens);
    }

    /** These limits with another token budget. */
    public EngineLimits withMaxBatchedTokens(int tokens) {
        return new EngineLimits(maxSequences, tokens, blockTokens, kvBlocks, maxContextTokens);
    }

    /** These limits with another KV memory. */
    public EngineLimits withKvBlocks(int blocks) {
        return new EngineLimits(
                maxSequences, maxBatchedTokens, blockTokens, blocks, maxContextTokens);
    }

    private static void requireAtLeast(String what, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    "engine limits: %s must be at least %d, is %d".formatted(what, least, value));
        }
    }
}
