package io.sluice.sim.engine;

/**
 * The blocks of KV memory: who holds them, and in which order the free ones are used again. A free
 * block goes to the end of that order and keeps its content until its turn comes, so the order is
 * least recently used first. Everything is O(1).
 */
final class KvBlockPool {
    private final int[] holders;
    private final long[] generations;
    // Doubly linked list of free blocks; the extra entry at index `end` is its head and tail.
    private final int[] next;
    private final int[] previous;
    private final int end;
    private int free;

    KvBlockPool(int blocks) {
        end = blocks;
        holders = new int[blocks];
        generations = new long[blocks];
        next = new int[blocks + 1];
        previous = new int[blocks + 1];
        next[end] = end;
        previous[end] = end;
        for (int block = 0; block < blocks; block++) {
            append(block);
        }
    }

    int size() {
        return end;
    }

    int free() {
        return free;
    }

    boolean isFree(int block) {
        return holders[block] == 0;
    }

    /** How often the block has been given out anew; its content is the same as long as this is. */
    long generation(int block) {
        return generations[block];
    }

    /** Gives out the oldest free block for new content. */
    int take() {
        if (free == 0) {
            throw new IllegalStateException(
                    "KV pool: all " + end + " blocks are held, the caller must check first");
        }
        int block = next[end];
        unlink(block);
        generations[block]++;
        holders[block] = 1;
        return block;
    }

    /** One more holder of a block for its present content, held by others or free. */
    void hold(int block) {
        if (holders[block]++ == 0) {
            unlink(block);
        }
    }

    /** One holder less; without holders the block is free. */
    void release(int block) {
        if (holders[block] == 0) {
            throw new IllegalStateException(
                    "KV pool: block " + block + " is released but nobody holds it");
        }
        if (--holders[block] == 0) {
            append(block);
        }
    }

    private void append(int block) {
        int last = previous[end];
        next[last] = block;
        previous[block] = last;
        next[block] = end;
        previous[end] = block;
        free++;
    }

    private void unlink(int block) {
        next[previous[block]] = next[block];
        previous[next[block]] = previous[block];
        free--;
    }
}
