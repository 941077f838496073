package io.sluice.core.model;

import java.util.Arrays;

/**
 * Chained hashes of a prompt's token blocks: equal leading hashes mean a shared prefix. Compare
 * from the front and stop at the first difference.
 *
 * @param blockTokens tokens in a block; a property of the trace or engine that made the hashes
 * @param hashes one hash for each block, the last of which may be partial; not to be modified
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Equality is by content, below; a list would box every hash.
public record BlockHashes(int blockTokens, long[] hashes) {

    /** No hashes known. */
    public static final BlockHashes NONE = new BlockHashes(1, new long[0]);

    /** Rejects a block size below one token. */
    public BlockHashes {
        if (blockTokens < 1) {
            throw new IllegalArgumentException(
                    "hash block size must be at least 1 token, got " + blockTokens);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BlockHashes that
                && blockTokens == that.blockTokens
                && Arrays.equals(hashes, that.hashes);
    }

    @Override
    public int hashCode() {
        return 31 * blockTokens + Arrays.hashCode(hashes);
    }

    @Override
    public String toString() {
        return "BlockHashes[%d x %d tokens]".formatted(hashes.length, blockTokens);
    }
}
