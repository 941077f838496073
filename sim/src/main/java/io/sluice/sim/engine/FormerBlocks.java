package io.sluice.sim.engine;

/**
 * Where the content of a preempted request lay. A block still holds it as long as nobody else wrote
 * to it, which its generation tells.
 */
final class FormerBlocks {
    static final FormerBlocks NONE = new FormerBlocks(0);

    private final int[] blocks;
    private final long[] generations;

    private FormerBlocks(int size) {
        blocks = new int[size];
        generations = new long[size];
    }

    /** Remembers the first {@code full} blocks of a table. */
    static FormerBlocks of(BlockTable table, int full, KvBlockPool pool) {
        FormerBlocks former = new FormerBlocks(full);
        for (int i = 0; i < full; i++) {
            former.blocks[i] = table.get(i);
            former.generations[i] = pool.generation(table.get(i));
        }
        return former;
    }

    /** The block that still holds the content at a position, or {@link PrefixCache#ABSENT}. */
    int find(int index, KvBlockPool pool) {
        if (index < blocks.length && pool.generation(blocks[index]) == generations[index]) {
            return blocks[index];
        }
        return PrefixCache.ABSENT;
    }
}
