package io.sluice.sim.engine;

import java.util.Arrays;

/** The KV blocks of one request, from the front of its context. */
final class BlockTable {
    private int[] blocks = new int[16];
    private int size;

    int size() {
        return size;
    }

    int get(int index) {
        return blocks[index];
    }

    void add(int block) {
        if (size == blocks.length) {
            blocks = Arrays.copyOf(blocks, size * 2);
        }
        blocks[size++] = block;
    }

    /** Adds blocks that need not be told apart. */
    void addUnnamed(int count) {
        size += count;
    }

    void clear() {
        size = 0;
    }
}
