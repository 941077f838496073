package io.sluice.core.testing;

import io.sluice.core.model.InstanceCapacity;

import java.util.List;

/** Capacities of instances for tests. Prefill takes 1 ms and decode 10 ms per token. */
public final class Capacities {

    private Capacities() {}

    /** An instance on partition 0 whose context is as long as its cache. */
    public static InstanceCapacity capacity(int maxSequences, long kvTokens) {
        return onPartition(0, maxSequences, kvTokens);
    }

    /** An instance on another partition of both topics. */
    public static InstanceCapacity onPartition(int partition, int maxSequences, long kvTokens) {
        return new InstanceCapacity(
                List.of(), maxSequences, kvTokens, (int) kvTokens, partition, partition, 1, 10);
    }

    /** An instance of the given speed. */
    public static InstanceCapacity withSpeed(InstanceCapacity like, double prefill, double decode) {
        return new InstanceCapacity(
                like.models(),
                like.maxSequences(),
                like.kvTokens(),
                like.maxContextTokens(),
                like.dispatchPartition(),
                like.eventsPartition(),
                prefill,
                decode);
    }

    /** An instance that serves only these models. */
    public static InstanceCapacity serving(InstanceCapacity like, String... models) {
        return new InstanceCapacity(
                List.of(models),
                like.maxSequences(),
                like.kvTokens(),
                like.maxContextTokens(),
                like.dispatchPartition(),
                like.eventsPartition(),
                like.speed().prefillPerToken(),
                like.speed().decodePerToken());
    }
}
