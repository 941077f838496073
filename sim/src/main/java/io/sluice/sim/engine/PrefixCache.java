package io.sluice.sim.engine;

/**
 * Which block holds which prompt content. Says nothing of who holds the blocks; see {@link
 * KvBlockPool}.
 */
final class PrefixCache {
    static final int ABSENT = LongIntMap.ABSENT;

    private final LongIntMap blockOfKey = new LongIntMap();
    private final long[] keyOfBlock;
    private final boolean[] known;

    PrefixCache(int blocks) {
        keyOfBlock = new long[blocks];
        known = new boolean[blocks];
    }

    /** The block with a key's content, or {@link #ABSENT}. */
    int find(long key) {
        return blockOfKey.get(key);
    }

    /**
     * Says that a block holds a key's content. The first block of a key stays the one that is
     * found.
     */
    void publish(long key, int block) {
        if (!known[block] && blockOfKey.get(key) == ABSENT) {
            blockOfKey.put(key, block);
            keyOfBlock[block] = key;
            known[block] = true;
        }
    }

    /** Says that a block's content is about to be overwritten. */
    void forget(int block) {
        if (known[block]) {
            blockOfKey.remove(keyOfBlock[block]);
            known[block] = false;
        }
    }

    /** Says that nothing is to be found any more, whatever the blocks hold. */
    void forgetAll() {
        for (int block = 0; block < known.length; block++) {
            forget(block);
        }
    }
}
