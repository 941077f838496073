package io.sluice.core.prefix;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** Cached blocks from most to least recently used. */
final class RecentBlocks implements Iterable<PrefixNode> {

    private @Nullable PrefixNode newest;
    private @Nullable PrefixNode oldest;

    @Nullable PrefixNode oldest() {
        return oldest;
    }

    void addNewest(PrefixNode node) {
        node.older = newest;
        if (newest == null) {
            oldest = node;
        } else {
            newest.newer = node;
        }
        newest = node;
    }

    void addOldest(PrefixNode node) {
        node.newer = oldest;
        if (oldest == null) {
            newest = node;
        } else {
            oldest.older = node;
        }
        oldest = node;
    }

    void remove(PrefixNode node) {
        PrefixNode newer = node.newer;
        PrefixNode older = node.older;
        if (newer == null) {
            newest = older;
        } else {
            newer.older = older;
        }
        if (older == null) {
            oldest = newer;
        } else {
            older.newer = newer;
        }
        node.newer = null;
        node.older = null;
    }

    @Override
    public Iterator<PrefixNode> iterator() {
        return new Iterator<>() {
            private @Nullable PrefixNode next = newest;

            @Override
            public boolean hasNext() {
                return next != null;
            }

            @Override
            public PrefixNode next() {
                PrefixNode node = next;
                if (node == null) {
                    throw new NoSuchElementException("no older block");
                }
                next = node.older;
                return node;
            }
        };
    }
}
