package io.sluice.core.model;

import java.util.List;

/**
 * What a worker says of its GPU server when it registers and in each heartbeat.
 *
 * @param models models it serves; empty means any
 * @param maxSequences requests that run at once
 * @param kvTokens tokens of key-value cache
 * @param kvBlockTokens tokens in one block of it: what a request holds is a whole number of blocks
 * @param maxContextTokens longest prompt plus output that it accepts
 * @param dispatchPartition partition of the dispatch topic that it reads
 * @param eventsPartition partition of the worker-events topic that it writes
 * @param speed how fast it serves a request at a typical batch
 */
public record InstanceCapacity(
        List<String> models,
        int maxSequences,
        long kvTokens,
        int kvBlockTokens,
        int maxContextTokens,
        int dispatchPartition,
        int eventsPartition,
        Speed speed) {

    /** Most KV tokens that make sense; beyond it sums of them would not. */
    private static final long MOST_KV_TOKENS = 1L << 50;

    /** Rejects an instance that could run nothing, and figures that no machine has. */
    public InstanceCapacity {
        models = List.copyOf(models);
        if (maxSequences < 1 || kvTokens < 1 || kvBlockTokens < 1 || maxContextTokens < 1) {
            throw new IllegalArgumentException(
                    "an instance needs at least 1 sequence, KV token, token per block and context token, got %d, %d, %d, %d"
                            .formatted(maxSequences, kvTokens, kvBlockTokens, maxContextTokens));
        }
        if (dispatchPartition < 0 || eventsPartition < 0) {
            throw new IllegalArgumentException(
                    "partitions count from 0, got %d of dispatch and %d of worker events"
                            .formatted(dispatchPartition, eventsPartition));
        }
        if (kvTokens > MOST_KV_TOKENS) {
            throw new IllegalArgumentException(
                    "an instance has at most %d KV tokens, got %d"
                            .formatted(MOST_KV_TOKENS, kvTokens));
        }
    }

    /** An instance whose memory is not cut into blocks, and equally fast at every context. */
    public InstanceCapacity(
            List<String> models,
            int maxSequences,
            long kvTokens,
            int maxContextTokens,
            int dispatchPartition,
            int eventsPartition,
            double prefillMillisPerToken,
            double decodeMillisPerToken) {
        this(
                models,
                maxSequences,
                kvTokens,
                1,
                maxContextTokens,
                dispatchPartition,
                eventsPartition,
                new Speed(prefillMillisPerToken, decodeMillisPerToken));
    }

    /** Whether it serves the model. */
    public boolean serves(String model) {
        return models.isEmpty() || models.contains(model);
    }

    /** Longest request, prompt plus output in tokens, that it can ever run. */
    public long longestRunTokens() {
        return Math.min(maxContextTokens, kvTokens);
    }

    /** Whether the request could ever run here. */
    public boolean canHold(PendingRequest request) {
        return request.longestTokens() <= longestRunTokens();
    }
}
