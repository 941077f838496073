package io.sluice.jobs.state;

import io.sluice.core.model.InstanceCapacity;

import java.util.List;

/** What an instance advertises, as it lies in state. */
public record CapacityState(
        List<String> models,
        int maxSequences,
        long kvTokens,
        int maxContextTokens,
        int dispatchPartition,
        int eventsPartition,
        double prefillMillisPerToken,
        double decodeMillisPerToken) {

    /** The state form of a capacity. */
    public static CapacityState of(InstanceCapacity capacity) {
        return new CapacityState(
                capacity.models(),
                capacity.maxSequences(),
                capacity.kvTokens(),
                capacity.maxContextTokens(),
                capacity.dispatchPartition(),
                capacity.eventsPartition(),
                capacity.prefillMillisPerToken(),
                capacity.decodeMillisPerToken());
    }

    /** The capacity. */
    public InstanceCapacity toCore() {
        return new InstanceCapacity(
                models,
                maxSequences,
                kvTokens,
                maxContextTokens,
                dispatchPartition,
                eventsPartition,
                prefillMillisPerToken,
                decodeMillisPerToken);
    }
}
