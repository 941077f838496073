package io.sluice.jobs.state;

import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.Speed;

import java.util.List;

/** What an instance advertises, as it lies in state. */
public record CapacityState(
        List<String> models,
        int maxSequences,
        long kvTokens,
        int kvBlockTokens,
        int maxContextTokens,
        int dispatchPartition,
        int eventsPartition,
        double prefillMillisPerToken,
        double prefillMillisPerSquaredToken,
        double decodeMillisPerToken,
        double decodeMillisPerContextToken) {

    /** The state form of a capacity. */
    public static CapacityState of(InstanceCapacity capacity) {
        return new CapacityState(
                capacity.models(),
                capacity.maxSequences(),
                capacity.kvTokens(),
                capacity.kvBlockTokens(),
                capacity.maxContextTokens(),
                capacity.dispatchPartition(),
                capacity.eventsPartition(),
                capacity.speed().prefillPerToken(),
                capacity.speed().prefillPerSquaredToken(),
                capacity.speed().decodePerToken(),
                capacity.speed().decodePerContextToken());
    }

    /** The capacity. */
    public InstanceCapacity toCore() {
        return new InstanceCapacity(
                models,
                maxSequences,
                kvTokens,
                kvBlockTokens,
                maxContextTokens,
                dispatchPartition,
                eventsPartition,
                new Speed(
                        prefillMillisPerToken,
                        prefillMillisPerSquaredToken,
                        decodeMillisPerToken,
                        decodeMillisPerContextToken));
    }
}
