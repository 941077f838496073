package io.sluice.sim.engine;

import java.util.Arrays;

/**
 * What a trace tells about the content of a prompt: one id per block of tokens, where equal ids at
 * the front mean a shared prefix. Ids are chained: an id stands for its block and everything before
 * it. The last block may be a partial one.
 */
public final class PromptBlocks {
    private static final PromptBlocks UNKNOWN = new PromptBlocks(1, new long[0]);
    private static final long GOLDEN = 0x9E37_79B9_7F4A_7C15L;

    private final int blockTokens;
    private final long[] ids;

    private PromptBlocks(int blockTokens, long[] ids) {
        this.blockTokens = blockTokens;
        this.ids = ids;
    }

    /** Content of which nothing is known: it shares no prefix with anything. */
    public static PromptBlocks unknown() {
        return UNKNOWN;
    }

    /**
     * Content given by its blocks.
     *
     * @param blockTokens tokens per block, a property of the trace
     * @param ids chained ids from the front of the prompt
     */
    public static PromptBlocks of(int blockTokens, long... ids) {
        if (blockTokens < 1) {
            throw new IllegalArgumentException(
                    "prompt blocks: blockTokens must be at least 1, is " + blockTokens);
        }
        return new PromptBlocks(blockTokens, ids.clone());
    }

    /** Tokens per block. */
    public int blockTokens() {
        return blockTokens;
    }

    /** The chained ids from the front of the prompt; a copy. */
    public long[] ids() {
        return ids.clone();
    }

    /**
     * How many blocks at the front are equal; 0 where the blocks are of different sizes, as their
     * ids cannot be compared.
     */
    public int sharedBlocks(PromptBlocks other) {
        if (blockTokens != other.blockTokens) {
            return 0;
        }
        int difference = Arrays.mismatch(ids, other.ids);
        return difference < 0 ? ids.length : difference;
    }

    /**
     * The same content in blocks of an engine: one key for each full engine block of the prompt
     * that the ids cover. Where the block sizes differ, a key stands for the whole trace block that
     * the engine block ends in, so that prefixes found equal are equal, at the price of missing
     * part of a last trace block.
     *
     * @param engineBlockTokens tokens per engine block
     * @param promptTokens length of the prompt
     */
    long[] keys(int engineBlockTokens, int promptTokens) {
        long covered = Math.min(promptTokens, (long) ids.length * blockTokens);
        int count = (int) (covered / engineBlockTokens);
        if (engineBlockTokens == blockTokens) {
            return Arrays.copyOf(ids, count);
        }
        long[] keys = new long[count];
        for (int i = 0; i < count; i++) {
            long lastToken = (long) (i + 1) * engineBlockTokens - 1;
            // Several engine blocks lie in one trace block, so the position belongs to the key.
            keys[i] = mix(ids[(int) (lastToken / blockTokens)] + GOLDEN * (i + 1));
        }
        return keys;
    }

    private static long mix(long value) {
        long x = (value ^ (value >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D0_49BB_1331_11EBL;
        return x ^ (x >>> 31);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PromptBlocks that
                && blockTokens == that.blockTokens
                && Arrays.equals(ids, that.ids);
    }

    @Override
    public int hashCode() {
        return 31 * blockTokens + Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "PromptBlocks[" + ids.length + " x " + blockTokens + " tokens]";
    }
}
