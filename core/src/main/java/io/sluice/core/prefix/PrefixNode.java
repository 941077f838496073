package io.sluice.core.prefix;

import io.sluice.core.model.BlockHashes;
import io.sluice.core.policy.QueuedRequest;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;

/** A block of prompts in its place behind the blocks before it. */
final class PrefixNode {

    /**
     * A waiting request that no node tells apart any further, since nobody else goes on like it.
     */
    record Resting(QueuedRequest queued, BlockHashes hashes) {}

    private static final Comparator<QueuedRequest> BY_PLACE =
            Comparator.comparing(QueuedRequest::place);

    final @Nullable PrefixNode parent;
    final long hash;
    final int tokens;

    /** Tokens of the prompt up to here. */
    final long depthTokens;

    final Map<Long, PrefixNode> children = new HashMap<>(4);

    /** Requests that rest here, by the hash with which they go on. */
    final Map<Long, Resting> resting = new HashMap<>(4);

    /** Who ends or rests here, and the first of each child: the least is the first of all below. */
    final TreeSet<QueuedRequest> firsts = new TreeSet<>(BY_PLACE);

    boolean cached;
    @Nullable PrefixNode newer;
    @Nullable PrefixNode older;

    PrefixNode(@Nullable PrefixNode parent, long hash, int tokens) {
        this.parent = parent;
        this.hash = hash;
        this.tokens = tokens;
        this.depthTokens = parent == null ? 0 : parent.depthTokens + tokens;
    }

    boolean isRoot() {
        return parent == null;
    }

    @Nullable QueuedRequest first() {
        return firsts.isEmpty() ? null : firsts.first();
    }

    /** Whether nothing would be lost by forgetting it. */
    boolean isIdle() {
        return !cached && firsts.isEmpty() && children.isEmpty();
    }
}
