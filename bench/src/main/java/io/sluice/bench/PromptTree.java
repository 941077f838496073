package io.sluice.bench;

import io.sluice.core.model.BlockHashes;

import java.util.SplittableRandom;

/**
 * Prompts that share beginnings on two levels: that of an application, behind it that of one of its
 * tasks, behind that a part of their own. The beginnings are those of long system prompts.
 */
final class PromptTree {

    private static final int BLOCK_TOKENS = 16;
    private static final int APPLICATIONS = 50;
    private static final int TASKS = 20;
    private static final int APPLICATION_BLOCKS = 16;
    private static final int TASK_BLOCKS = 8;

    private final boolean hashed;
    private final SplittableRandom random;

    PromptTree(boolean hashed, SplittableRandom random) {
        this.hashed = hashed;
        this.random = random;
    }

    /** The blocks of one more prompt of that length, or none where prompts have no hashes. */
    BlockHashes hashes(int tokens) {
        if (!hashed) {
            return BlockHashes.NONE;
        }
        long application = random.nextInt(APPLICATIONS);
        long task = application * TASKS + random.nextInt(TASKS);
        long own = random.nextLong();
        long[] hashes = new long[(tokens + BLOCK_TOKENS - 1) / BLOCK_TOKENS];
        long chained = 0;
        for (int block = 0; block < hashes.length; block++) {
            long content = own;
            if (block < APPLICATION_BLOCKS) {
                content = application;
            } else if (block < APPLICATION_BLOCKS + TASK_BLOCKS) {
                content = -1 - task;
            }
            chained = mix(chained ^ mix(content + block));
            hashes[block] = chained;
        }
        return new BlockHashes(BLOCK_TOKENS, hashes);
    }

    /** Spreads a number over all 64 bits: the finaliser of MurmurHash3. */
    private static long mix(long number) {
        long z = (number ^ (number >>> 33)) * 0xFF51AFD7ED558CCDL;
        z = (z ^ (z >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return z ^ (z >>> 33);
    }
}
