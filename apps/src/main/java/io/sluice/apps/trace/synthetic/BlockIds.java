package io.sluice.apps.trace.synthetic;

import io.sluice.apps.trace.PrefixBlocks;

import java.util.ArrayList;
import java.util.List;

/**
 * Block hashes of generated prompts. A block's id depends on what text it holds: the shared start,
 * the session's own text, or, for the last partial block, this one request; so equal prefixes have
 * equal ids and others do not.
 */
final class BlockIds {

    /** Tokens per block: fine enough for short chats, coarse enough for long documents. */
    static final int BLOCK_TOKENS = 64;

    /**
     * Ids of 48 bits: short on the wire, and no collision is to be expected among millions of
     * blocks.
     */
    private static final long MASK = (1L << 48) - 1;

    private static final long SESSION_TEXT = -1;
    private static final long REQUEST_TEXT = -2;

    private BlockIds() {}

    /** Names a text by two numbers. */
    static long key(long major, long minor) {
        return mix(mix(major) + minor);
    }

    /**
     * Ids of a prompt.
     *
     * @param session gives the shared start, and the text after it
     * @param remembers whether that text stays in later prompts; else it belongs to this request
     *     alone
     * @param sequence number of the request
     * @param promptTokens length of the whole
     */
    static PrefixBlocks of(Session session, boolean remembers, long sequence, int promptTokens) {
        long ownText =
                remembers ? key(session.number(), SESSION_TEXT) : key(sequence, REQUEST_TEXT);
        List<Long> ids = new ArrayList<>(PrefixBlocks.blocksFor(promptTokens, BLOCK_TOKENS));
        for (int start = 0; start < promptTokens; start += BLOCK_TOKENS) {
            int end = start + BLOCK_TOKENS;
            long text = end <= session.sharedTokens() ? session.sharedKey() : ownText;
            if (end > promptTokens) {
                text = key(sequence, REQUEST_TEXT);
            }
            ids.add(key(text, start) & MASK);
        }
        return new PrefixBlocks(BLOCK_TOKENS, ids);
    }

    private static long mix(long value) {
        long z = value + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
