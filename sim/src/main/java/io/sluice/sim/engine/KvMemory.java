package io.sluice.sim.engine;

/**
 * The KV memory of an engine: gives blocks to requests as their tokens are computed. One block is
 * never given to anyone.
 */
abstract sealed class KvMemory permits CountedKvMemory, SharedKvMemory {
    private final int blockTokens;

    KvMemory(int blockTokens) {
        this.blockTokens = blockTokens;
    }

    /** Memory with nothing in it, whose blocks are told apart only where content is found again. */
    static KvMemory of(EngineLimits limits, BatchingRules rules) {
        return rules.prefixCache()
                ? new SharedKvMemory(limits, rules.lastPromptOnly())
                : new CountedKvMemory(limits);
    }

    final int blockTokens() {
        return blockTokens;
    }

    /** Blocks that nobody holds. */
    abstract int freeBlocks();

    /** Tokens that fit into the blocks nobody holds. */
    final long freeTokens() {
        return (long) freeBlocks() * blockTokens;
    }

    final int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }

    /** Blocks that a request lacks for a context of {@code tokens}. */
    final int missingBlocks(Sequence sequence, int tokens) {
        return Math.max(0, blocksFor(tokens) - sequence.blocks.size());
    }

    final boolean canGrow(Sequence sequence, int tokens) {
        return missingBlocks(sequence, tokens) <= freeBlocks();
    }

    /**
     * Gives a request the blocks it lacks for a context of {@code tokens}; {@link #canGrow} must
     * hold.
     */
    final void grow(Sequence sequence, int tokens) {
        int missing = missingBlocks(sequence, tokens);
        if (missing > freeBlocks()) {
            throw new IllegalStateException(
                    "KV memory: %d blocks are wanted and %d are free, the caller must check first"
                            .formatted(missing, freeBlocks()));
        }
        if (missing > 0) {
            give(sequence, missing);
        }
    }

    /** Gives a request some of the free blocks. */
    abstract void give(Sequence sequence, int blocks);

    /**
     * Admits a waiting request if all it has to compute fits the memory beside what others hold:
     * gives it the cached blocks of its prefix and counts their tokens as computed. The rest of the
     * blocks is only checked, and taken as tokens are computed.
     *
     * @return whether it was admitted
     */
    final boolean admit(Sequence sequence) {
        return sequence.kept ? readmit(sequence) : admitAnew(sequence);
    }

    /** Admits a request of which nothing was set aside. */
    abstract boolean admitAnew(Sequence sequence);

    /** Finds room for what was set aside, and for the rest of the prompt or the next token. */
    private boolean readmit(Sequence sequence) {
        if (!canGrow(sequence, Math.max(sequence.prefillTarget, sequence.computed + 1))) {
            return false;
        }
        grow(sequence, sequence.computed);
        return true;
    }

    /** Lets others find the prompt blocks that are computed, or are in a batch that is. */
    abstract void publish(Sequence sequence);

    /** Takes all blocks of a request. */
    abstract void release(Sequence sequence);

    /** Takes all blocks of a request that will come back. */
    abstract void preempt(Sequence sequence);
}
