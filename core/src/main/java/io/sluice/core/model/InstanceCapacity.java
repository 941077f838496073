package io.sluice.core.model;

import java.util.List;

/**
 * What a worker says of its GPU server when it registers and in each heartbeat.
 *
 * @param models models it serves; empty means any
 * @param maxSequences requests that run at once
 * @param kvTokens tokens of key-value cache
 * @param maxContextTokens longest prompt plus output that it accepts
 * @param dispatchPartition partition of the dispatch topic that it reads
 * @param eventsPartition partition of the worker-events topic that it writes
 * @param prefillMillisPerToken predicted prefill time for each prompt token, 0 if unknown
 * @param decodeMillisPerToken predicted time for each output token at a typical batch, 0 if unknown
 */
public record InstanceCapacity(
        List<String> models,
        int maxSequences,
        long kvTokens,
        int maxContextTokens,
        int dispatchPartition,
        int eventsPartition,
        double prefillMillisPerToken,
        double decodeMillisPerToken) {

    /** Most KV tokens and slowest token that make sense; beyond them sums of them would not. */
    private static final long MOST_KV_TOKENS = 1L << 50;

    private static final double SLOWEST_MILLIS_PER_TOKEN = 1e9;

    /** Rejects an instance that could run nothing, and figures that no machine has. */
    public InstanceCapacity {
        models = List.copyOf(models);
        requireSpeed("prefill", prefillMillisPerToken);
        requireSpeed("decode", decodeMillisPerToken);
        if (maxSequences < 1 || kvTokens < 1 || maxContextTokens < 1) {
            throw new IllegalArgumentException(
                    "an instance needs at least 1 sequence, KV token and context token, got %d, %d, %d"
                            .formatted(maxSequences, kvTokens, maxContextTokens));
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

    private static void requireSpeed(String phase, double millisPerToken) {
        if (!(millisPerToken >= 0 && millisPerToken <= SLOWEST_MILLIS_PER_TOKEN)) {
            throw new IllegalArgumentException(
                    "%s time must be between 0 and %.0f ms per token, got %s"
                            .formatted(phase, SLOWEST_MILLIS_PER_TOKEN, millisPerToken));
        }
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
