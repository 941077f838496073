package io.sluice.sim.engine;

import java.util.Arrays;

/**
 * A hash map from long to non-negative int, open addressing with linear probing: no object per
 * entry.
 */
final class LongIntMap {
    static final int ABSENT = -1;

    private static final int START = 64;

    private long[] keys = new long[START];
    private int[] values = emptyValues(START);
    private int size;

    int size() {
        return size;
    }

    /** The value of a key, or {@link #ABSENT}. */
    int get(long key) {
        return values[slot(key)];
    }

    /** Sets a key's value. */
    void put(long key, int value) {
        int slot = slot(key);
        if (values[slot] == ABSENT && ++size * 2 > keys.length) {
            grow();
            slot = slot(key);
        }
        keys[slot] = key;
        values[slot] = value;
    }

    /** Removes a key if it is there. */
    void remove(long key) {
        int hole = slot(key);
        if (values[hole] == ABSENT) {
            return;
        }
        size--;
        int mask = keys.length - 1;
        // Entries after the hole move up, unless that would put them before the slot their hash
        // asks for.
        for (int i = (hole + 1) & mask; values[i] != ABSENT; i = (i + 1) & mask) {
            int wanted = home(keys[i]);
            if (((i - wanted) & mask) >= ((i - hole) & mask)) {
                keys[hole] = keys[i];
                values[hole] = values[i];
                hole = i;
            }
        }
        values[hole] = ABSENT;
    }

    /** The slot that holds the key, or the empty one where it belongs. */
    private int slot(long key) {
        int mask = keys.length - 1;
        int slot = home(key);
        while (values[slot] != ABSENT && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private int home(long key) {
        long hash = key * 0x9E37_79B9_7F4A_7C15L;
        return (int) (hash >>> 32) & (keys.length - 1);
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[oldKeys.length * 2];
        values = emptyValues(keys.length);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] != ABSENT) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }

    private static int[] emptyValues(int length) {
        int[] values = new int[length];
        Arrays.fill(values, ABSENT);
        return values;
    }
}
