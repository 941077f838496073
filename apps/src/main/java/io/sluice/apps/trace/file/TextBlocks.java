package io.sluice.apps.trace.file;

import io.sluice.apps.trace.Message;
import io.sluice.apps.trace.PrefixBlocks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/**
 * Hashes of the blocks of prompts that are text, where nobody has recorded any: a block ends where
 * the estimate of tokens reaches its size, which depends on what came before and on nothing else,
 * so that two prompts agree in all blocks that their common beginning fills. Each hash takes in the
 * one before it (SHA-256, of which 64 bits are kept, as in the prefix cache of vLLM).
 */
final class TextBlocks {

    private final int blockTokens;
    private final int most;
    private final MessageDigest digest = sha256();
    private final List<Long> ids = new ArrayList<>();
    private double tokens;

    private TextBlocks(int blockTokens, int most) {
        this.blockTokens = blockTokens;
        this.most = most;
    }

    /**
     * The blocks of a prompt.
     *
     * @param messages what is sent
     * @param promptTokens its length; where that was recorded and the text is estimated otherwise,
     *     blocks are left out at the end, or those that are missing hash no more text
     * @param blockTokens tokens in a block, at least 1
     */
    static PrefixBlocks of(List<Message> messages, int promptTokens, int blockTokens) {
        int wanted = PrefixBlocks.blocksFor(promptTokens, blockTokens);
        TextBlocks blocks = new TextBlocks(blockTokens, wanted);
        messages.forEach(blocks::add);
        while (blocks.ids.size() < wanted) {
            blocks.close();
        }
        return new PrefixBlocks(blockTokens, blocks.ids);
    }

    private void add(Message message) {
        digest.update(message.role().name().getBytes(StandardCharsets.UTF_8));
        message.content().codePoints().takeWhile(c -> ids.size() < most).forEach(this::add);
    }

    private void add(int codePoint) {
        digest.update(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        tokens += TokenEstimator.ofCodePoint(codePoint);
        if (tokens >= (ids.size() + 1L) * blockTokens) {
            close();
        }
    }

    private void close() {
        byte[] hash = digest.digest();
        ids.add(ByteBuffer.wrap(hash).getLong());
        digest.update(hash);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
