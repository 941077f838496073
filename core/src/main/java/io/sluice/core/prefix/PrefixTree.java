package io.sluice.core.prefix;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.prefix.PrefixNode.Resting;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/**
 * One radix tree over the block hashes of prompts, with two kinds of marks: the blocks that an
 * instance has cached, least recently used forgotten first, and the requests that wait. So the
 * request that reuses most is known at any time, in O(1).
 *
 * <p>For a prompt of b blocks and n requests that wait, adding, removing and caching cost O(b log
 * n), asking for a match O(b). A tail that only one waiting request has is not spelled out.
 */
public final class PrefixTree {

    /** A cached prefix that somebody waits for. */
    private record Wanted(long tokens, QueuedRequest first) {}

    private static final Comparator<Wanted> LONGEST_THEN_FIRST =
            Comparator.comparingLong(Wanted::tokens)
                    .reversed()
                    .thenComparing(wanted -> wanted.first().place());

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final long LOW_BITS = 0xFFFF_FFFFL;

    private final PrefixNode root = new PrefixNode(null, 0, 0);
    private final RecentBlocks recent = new RecentBlocks();
    private final TreeSet<Wanted> wanted = new TreeSet<>(LONGEST_THEN_FIRST);
    private long capacityTokens = Long.MAX_VALUE;
    private long cachedTokens;

    /** Adds a waiting request. */
    public void add(QueuedRequest queued, BlockHashes hashes) {
        Resting newcomer = new Resting(queued, hashes);
        PrefixNode node = root;
        int length = hashes.hashes().length;
        for (int block = 0; block < length; block++) {
            long hash = hash(hashes, block);
            PrefixNode child = node.children.get(hash);
            if (child == null && node.resting.containsKey(hash)) {
                child = grow(node, hash, hashes.blockTokens());
            }
            if (child == null) {
                node.resting.put(hash, newcomer);
                break;
            }
            node = child;
        }
        exchange(node, null, queued);
    }

    /** Removes a request that was added with an equal record and the same hashes. */
    public void remove(QueuedRequest queued, BlockHashes hashes) {
        PrefixNode node = root;
        int length = hashes.hashes().length;
        for (int block = 0; block < length; block++) {
            long hash = hash(hashes, block);
            PrefixNode child = node.children.get(hash);
            if (child == null) {
                node.resting.remove(hash);
                break;
            }
            node = child;
        }
        exchange(node, queued, null);
        prune(node);
    }

    /** The first by place among the waiting requests that would reuse most; null if none would. */
    public @Nullable QueuedRequest best() {
        return wanted.isEmpty() ? null : wanted.first().first();
    }

    /** Tokens of the longest cached prefix of a prompt. */
    public long match(BlockHashes hashes) {
        PrefixNode node = root;
        for (int block = 0; block < hashes.hashes().length; block++) {
            PrefixNode child = node.children.get(hash(hashes, block));
            if (child == null || !child.cached) {
                break;
            }
            node = child;
        }
        return node.depthTokens;
    }

    /** Tokens that are cached. */
    public long cachedTokens() {
        return cachedTokens;
    }

    /**
     * A prompt is computed: its blocks are cached, and those used longest ago are forgotten if
     * there are too many. The prompt itself always has room.
     */
    public void cache(BlockHashes hashes) {
        List<PrefixNode> path = new ArrayList<>(hashes.hashes().length);
        PrefixNode node = root;
        for (int block = 0; block < hashes.hashes().length; block++) {
            long hash = hash(hashes, block);
            PrefixNode child = node.children.get(hash);
            node = child == null ? grow(node, hash, hashes.blockTokens()) : child;
            path.add(node);
        }
        for (int block = path.size() - 1; block >= 0; block--) {
            // From the end, so that no block is more recent than the one before it.
            PrefixNode used = path.get(block);
            if (used.cached) {
                recent.remove(used);
            } else {
                mark(used);
            }
            recent.addNewest(used);
        }
        forgetDownTo(Math.max(capacityTokens, node.depthTokens));
    }

    /**
     * Sets how many tokens may be cached, from the next prompt on; 0 keeps the last prompt only.
     */
    public void capacity(long tokens) {
        capacityTokens = tokens;
    }

    /** Forgets all that is cached. */
    public void clearCache() {
        forgetDownTo(0);
    }

    /**
     * What is cached, as numbers: for each block, most recently used first, where its predecessor
     * stands (from 1, 0 for none) in the upper and its tokens in the lower half of one number, then
     * its hash.
     */
    public long[] cached() {
        Map<PrefixNode, Integer> positions = new HashMap<>();
        List<PrefixNode> blocks = new ArrayList<>();
        recent.forEach(blocks::add);
        long[] numbers = new long[2 * blocks.size()];
        for (int at = 0; at < blocks.size(); at++) {
            PrefixNode node = blocks.get(at);
            positions.put(node, at + 1);
            long before = positions.getOrDefault(node.parent, 0);
            numbers[2 * at] = before << Integer.SIZE | node.tokens;
            numbers[2 * at + 1] = node.hash;
        }
        return numbers;
    }

    /** Caches what {@link #cached} told, in an otherwise empty tree. */
    public void restore(long[] numbers) {
        List<PrefixNode> blocks = new ArrayList<>(numbers.length / 2 + 1);
        blocks.add(root);
        for (int at = 0; at + 1 < numbers.length; at += 2) {
            PrefixNode before = blocks.get((int) (numbers[at] >>> Integer.SIZE));
            PrefixNode node = grow(before, numbers[at + 1], (int) (numbers[at] & LOW_BITS));
            mark(node);
            recent.addOldest(node);
            blocks.add(node);
        }
    }

    /** Hashes of blocks of another size are other hashes. */
    private static long hash(BlockHashes hashes, int block) {
        long hash = hashes.hashes()[block];
        return block == 0 ? hash ^ hashes.blockTokens() * GOLDEN : hash;
    }

    private PrefixNode grow(PrefixNode node, long hash, int tokens) {
        PrefixNode child = new PrefixNode(node, hash, tokens);
        node.children.put(hash, child);
        Resting moved = node.resting.remove(hash);
        if (moved != null) {
            int block = (int) (child.depthTokens / tokens);
            if (block < moved.hashes().hashes().length) {
                child.resting.put(hash(moved.hashes(), block), moved);
            }
            // It was among the firsts of the node, and still is: as the first of the child.
            child.firsts.add(moved.queued());
        }
        return child;
    }

    /** Exchanges an entry of a node's firsts, and with it the node's own first above it. */
    private void exchange(
            PrefixNode from, @Nullable QueuedRequest former, @Nullable QueuedRequest latter) {
        PrefixNode node = from;
        QueuedRequest leaving = former;
        QueuedRequest coming = latter;
        while (node.parent != null && !Objects.equals(leaving, coming)) {
            QueuedRequest before = node.first();
            if (leaving != null) {
                node.firsts.remove(leaving);
            }
            if (coming != null) {
                node.firsts.add(coming);
            }
            leaving = before;
            coming = node.first();
            if (node.cached) {
                unrank(node, before);
                rank(node);
            }
            node = node.parent;
        }
    }

    private void rank(PrefixNode node) {
        QueuedRequest first = node.first();
        if (first != null) {
            wanted.add(new Wanted(node.depthTokens, first));
        }
    }

    private void unrank(PrefixNode node, @Nullable QueuedRequest first) {
        if (first != null) {
            wanted.remove(new Wanted(node.depthTokens, first));
        }
    }

    private void mark(PrefixNode node) {
        node.cached = true;
        cachedTokens += node.tokens;
        rank(node);
    }

    /**
     * The block used longest ago is the last of its prompts, so no cached block hangs in the air.
     */
    private void forgetDownTo(long tokens) {
        PrefixNode oldest = recent.oldest();
        while (oldest != null && cachedTokens > tokens) {
            recent.remove(oldest);
            oldest.cached = false;
            cachedTokens -= oldest.tokens;
            unrank(oldest, oldest.first());
            prune(oldest);
            oldest = recent.oldest();
        }
    }

    private static void prune(PrefixNode from) {
        PrefixNode node = from;
        while (node.parent != null && node.isIdle()) {
            node.parent.children.remove(node.hash);
            node = node.parent;
        }
    }
}
