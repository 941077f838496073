package io.sluice.sim.engine;

/**
 * The KV memory of an engine: gives blocks to requests as their tokens are computed, and shares
 * blocks of equal content if the prefix cache is on. One block is never given to anyone.
 */
final class KvMemory {
    private final int blockTokens;
    private final boolean caching;
    private final boolean lastPromptOnly;
    private final KvBlockPool pool;
    private final PrefixCache cache;
    private int[] matched = new int[64];

    KvMemory(EngineLimits limits, BatchingRules rules) {
        this.blockTokens = limits.blockTokens();
        this.caching = rules.prefixCache();
        this.lastPromptOnly = rules.lastPromptOnly();
        this.pool = new KvBlockPool(limits.usableBlocks());
        this.cache = new PrefixCache(limits.usableBlocks());
    }

    int freeBlocks() {
        return pool.free();
    }

    /** Tokens that fit into the blocks nobody holds. */
    long freeTokens() {
        return (long) pool.free() * blockTokens;
    }

    int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }

    /** Blocks that a request lacks for a context of {@code tokens}. */
    int missingBlocks(Sequence sequence, int tokens) {
        return Math.max(0, blocksFor(tokens) - sequence.blocks.size());
    }

    boolean canGrow(Sequence sequence, int tokens) {
        return missingBlocks(sequence, tokens) <= pool.free();
    }

    /**
     * Gives a request the blocks it lacks for a context of {@code tokens}; {@link #canGrow} must
     * hold.
     */
    void grow(Sequence sequence, int tokens) {
        for (int missing = missingBlocks(sequence, tokens); missing > 0; missing--) {
            cache.forget(pool.oldestFree());
            sequence.blocks.add(pool.take());
        }
    }

    /**
     * Admits a waiting request if all it has to compute fits the memory beside what others hold:
     * gives it the cached blocks of its prefix and counts their tokens as computed. The rest of the
     * blocks is only checked, and taken as tokens are computed.
     *
     * @return whether it was admitted
     */
    boolean admit(Sequence sequence) {
        if (sequence.kept) {
            return readmit(sequence);
        }
        int hits = caching ? match(sequence) : 0;
        int needed = blocksFor(sequence.prefillTarget) - hits;
        for (int i = 0; i < hits; i++) {
            if (pool.isFree(matched[i])) {
                needed++;
            }
        }
        if (needed > pool.free()) {
            return false;
        }
        for (int i = 0; i < hits; i++) {
            pool.hold(matched[i]);
            sequence.blocks.add(matched[i]);
        }
        sequence.computed = hits * blockTokens;
        sequence.former = FormerBlocks.NONE;
        return true;
    }

    /** Finds room for what was set aside, and for the next token. */
    private boolean readmit(Sequence sequence) {
        if (!canGrow(sequence, sequence.computed + 1)) {
            return false;
        }
        grow(sequence, sequence.computed);
        return true;
    }

    /** Lets others find the prompt blocks that are computed, or are in a batch that is. */
    void publish(Sequence sequence) {
        if (!caching) {
            return;
        }
        if (lastPromptOnly && sequence.publishedBlocks == 0) {
            cache.forgetAll();
        }
        int full = Math.min(sequence.promptKeys.length, sequence.computed / blockTokens);
        for (int i = sequence.publishedBlocks; i < full; i++) {
            cache.publish(sequence.promptKeys[i], sequence.blocks.get(i));
        }
        sequence.publishedBlocks = Math.max(full, sequence.publishedBlocks);
    }

    /**
     * Takes all blocks of a request. Their content stays until they are used again, the end of the
     * context first.
     */
    void release(Sequence sequence) {
        for (int i = sequence.blocks.size() - 1; i >= 0; i--) {
            pool.release(sequence.blocks.get(i));
        }
        sequence.blocks.clear();
    }

    /** Takes all blocks of a request that will come back, and remembers where its content lay. */
    void preempt(Sequence sequence) {
        if (caching) {
            sequence.former =
                    FormerBlocks.of(sequence.blocks, sequence.computed / blockTokens, pool);
        }
        release(sequence);
    }

    /**
     * Finds the longest run of leading full blocks whose content is there; at least one token is
     * left to compute.
     */
    private int match(Sequence sequence) {
        int most = (sequence.prefillTarget - 1) / blockTokens;
        if (matched.length < most) {
            matched = new int[Math.max(most, matched.length * 2)];
        }
        int hits = 0;
        while (hits < most) {
            int block = find(sequence, hits);
            if (block == PrefixCache.ABSENT) {
                break;
            }
            matched[hits++] = block;
        }
        return hits;
    }

    private int find(Sequence sequence, int index) {
        if (index < sequence.promptKeys.length) {
            int shared = cache.find(sequence.promptKeys[index]);
            if (shared != PrefixCache.ABSENT) {
                return shared;
            }
        }
        return sequence.former.find(index, pool);
    }
}
