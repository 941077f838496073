package io.sluice.apps.trace;

import java.util.List;

/**
 * Hashes of a prompt's blocks, from its start: two prompts share a prefix as far as their leading
 * ids are equal. The ids form a chain, so a comparison stops at the first difference.
 *
 * @param blockTokens tokens per block (512 in Mooncake, 16 in Qwen-Bailian): a property of the
 *     trace; 0 when there are none
 * @param hashIds one id per block; the last block may be partial
 */
public record PrefixBlocks(int blockTokens, List<Long> hashIds) {

    /** No hashes are known. */
    public static final PrefixBlocks NONE = new PrefixBlocks(0, List.of());

    public PrefixBlocks {
        hashIds = List.copyOf(hashIds);
        if (blockTokens < 0 || (blockTokens == 0 && !hashIds.isEmpty())) {
            throw new IllegalArgumentException(
                    "block ids need a positive block size, not " + blockTokens);
        }
    }

    /** Number of blocks that a prompt of so many tokens occupies. */
    public static int blocksFor(int promptTokens, int blockTokens) {
        return (promptTokens + blockTokens - 1) / blockTokens;
    }
}
