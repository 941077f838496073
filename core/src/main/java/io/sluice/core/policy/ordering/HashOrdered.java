package io.sluice.core.policy.ordering;

import io.sluice.core.model.RequestKey;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Waiting requests in the order of a hash of their keys, from which one is taken by its number: a
 * fair draw that depends on who waits, not on who came first. A tree over the bits of the hash;
 * each operation costs O(log n).
 */
final class HashOrdered {

    private static final int LEAF_SIZE = 16;

    private static final Comparator<QueuedRequest> ORDER =
            Comparator.<QueuedRequest>comparingLong(queued -> spread(queued.key()))
                    .thenComparing(QueuedRequest::key);

    private static final class Node {
        int size;
        @Nullable Node low;
        @Nullable Node high;
        final List<QueuedRequest> leaf = new ArrayList<>();
    }

    private final Node root = new Node();

    int size() {
        return root.size;
    }

    void add(QueuedRequest queued) {
        add(root, queued, Long.SIZE - 1);
    }

    private static void add(Node from, QueuedRequest queued, int fromBit) {
        Node node = from;
        int bit = fromBit;
        while (true) {
            node.size++;
            Node half = half(node, queued, bit);
            if (half == null) {
                break;
            }
            node = half;
            bit--;
        }
        node.leaf.add(queued);
        if (node.leaf.size() > LEAF_SIZE && bit >= 0) {
            split(node, bit);
        }
    }

    private static void split(Node node, int bit) {
        node.low = new Node();
        node.high = new Node();
        for (QueuedRequest queued : node.leaf) {
            Node half = half(node, queued, bit);
            if (half != null) {
                add(half, queued, bit - 1);
            }
        }
        node.leaf.clear();
    }

    void remove(QueuedRequest queued) {
        Node node = root;
        for (int bit = Long.SIZE - 1; ; bit--) {
            node.size--;
            Node half = half(node, queued, bit);
            if (half == null) {
                break;
            }
            if (node.size <= LEAF_SIZE / 2) {
                gather(node);
                break;
            }
            node = half;
        }
        node.leaf.remove(queued);
    }

    /** Makes a leaf again of a node in which few are left. */
    private static void gather(Node node) {
        Node low = node.low;
        Node high = node.high;
        node.low = null;
        node.high = null;
        collect(low, node.leaf);
        collect(high, node.leaf);
    }

    private static void collect(@Nullable Node node, List<QueuedRequest> found) {
        if (node != null) {
            collect(node.low, found);
            found.addAll(node.leaf);
            collect(node.high, found);
        }
    }

    /** The request with so many before it. */
    QueuedRequest get(int index) {
        Node node = root;
        int before = index;
        while (node.low != null && node.high != null) {
            if (before < node.low.size) {
                node = node.low;
            } else {
                before -= node.low.size;
                node = node.high;
            }
        }
        node.leaf.sort(ORDER);
        return node.leaf.get(before);
    }

    private static @Nullable Node half(Node node, QueuedRequest queued, int bit) {
        if (node.low == null) {
            return null;
        }
        // The sign decides first, as it does in the comparison.
        long flipped = spread(queued.key()) ^ Long.MIN_VALUE;
        return (flipped >>> bit & 1) == 0 ? node.low : node.high;
    }

    private static long spread(RequestKey key) {
        long tenant = key.tenant().hashCode();
        return mix(tenant << Integer.SIZE ^ key.requestId().hashCode());
    }

    /** Spreads a number over all 64 bits: the finaliser of SplitMix64. */
    static long mix(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
