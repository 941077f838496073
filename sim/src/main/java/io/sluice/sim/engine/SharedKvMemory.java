package io.sluice.sim.engine;

/** Memory with a prefix cache: requests share blocks of equal content. */
final class SharedKvMemory extends KvMemory {
    private final boolean lastPromptOnly;
    private final KvBlockPool pool;
    private final PrefixCache cache;
    private int[] matched = new int[64];

    /**
     * Memory with nothing in it.
     *
     * @param lastPromptOnly whether a prompt that is published puts all before it out of the cache
     */
    SharedKvMemory(EngineLimits limits, boolean lastPromptOnly) {
        super(limits.blockTokens());
        this.lastPromptOnly = lastPromptOnly;
        this.pool = new KvBlockPool(limits.usableBlocks());
        this.cache = new PrefixCache(limits.usableBlocks());
    }

    @Override
    int freeBlocks() {
        return pool.free();
    }

    @Override
    void give(Sequence sequence, int blocks) {
        for (int left = blocks; left > 0; left--) {
            int block = pool.take();
            cache.forget(block);
            sequence.blocks.add(block);
        }
    }

    @Override
    boolean admitAnew(Sequence sequence) {
        int hits = match(sequence);
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
        sequence.computed = hits * blockTokens();
        sequence.former = FormerBlocks.NONE;
        return true;
    }

    @Override
    void publish(Sequence sequence) {
        if (lastPromptOnly && sequence.publishedBlocks == 0) {
            cache.forgetAll();
        }
        int full = Math.min(sequence.promptKeys.length, sequence.computed / blockTokens());
        for (int i = sequence.publishedBlocks; i < full; i++) {
            cache.publish(sequence.promptKeys[i], sequence.blocks.get(i));
        }
        sequence.publishedBlocks = Math.max(full, sequence.publishedBlocks);
    }

    /** Content stays until its block is used again, the end of the context first. */
    @Override
    void release(Sequence sequence) {
        for (int i = sequence.blocks.size() - 1; i >= 0; i--) {
            pool.release(sequence.blocks.get(i));
        }
        sequence.blocks.clear();
    }

    /** Remembers where the content lay. */
    @Override
    void preempt(Sequence sequence) {
        sequence.former = FormerBlocks.of(sequence.blocks, sequence.computed / blockTokens(), pool);
        release(sequence);
    }

    /**
     * Finds the longest run of leading full blocks whose content is there; at least one token is
     * left to compute.
     */
    private int match(Sequence sequence) {
        int most = (sequence.prefillTarget - 1) / blockTokens();
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
