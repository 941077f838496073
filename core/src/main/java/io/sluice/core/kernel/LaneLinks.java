package io.sluice.core.kernel;

import io.sluice.core.prediction.ServiceModel;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/** The instances of a lane, in the order of their ids, and what they can do together. */
final class LaneLinks implements Iterable<InstanceLink> {

    private final TreeMap<String, InstanceLink> byId = new TreeMap<>();

    LaneLinks(List<InstanceState> saved) {
        saved.forEach(state -> byId.put(state.instanceId(), new InstanceLink(state)));
    }

    List<InstanceState> state() {
        return byId.values().stream().map(InstanceLink::state).toList();
    }

    @Override
    public Iterator<InstanceLink> iterator() {
        return byId.values().iterator();
    }

    /** Those of now, for a walk that changes them. */
    List<InstanceLink> copy() {
        return List.copyOf(byId.values());
    }

    boolean isEmpty() {
        return byId.isEmpty();
    }

    @Nullable InstanceLink get(String instanceId) {
        return byId.get(instanceId);
    }

    /**
     * Puts a link in place of any before.
     *
     * @return whether there was one
     */
    boolean put(InstanceLink link) {
        return byId.put(link.instanceId(), link) != null;
    }

    void remove(InstanceLink link) {
        byId.remove(link.instanceId());
    }

    /**
     * Whether some instance may get work, now or later. A lane that has never heard of an instance
     * waits for one.
     */
    boolean takeWork() {
        return byId.isEmpty() || byId.values().stream().anyMatch(InstanceLink::takesWork);
    }

    /** Whether none lives. */
    boolean areDead() {
        return byId.values().stream().allMatch(InstanceLink::isDead);
    }

    /** Whether some instance has yet to say what it holds. */
    boolean awaitSync() {
        return byId.values().stream().anyMatch(InstanceLink::awaitsSync);
    }

    /** Longest run that some instance that takes work can hold; unbounded while none is known. */
    long longestRunTokens() {
        return byId.values().stream()
                .filter(InstanceLink::takesWork)
                .mapToLong(link -> link.capacity().longestRunTokens())
                .max()
                .orElse(Long.MAX_VALUE);
    }

    /** Most tokens that some instance could take now. */
    long mostTakeableTokens() {
        long most = 0;
        for (InstanceLink link : byId.values()) {
            most = Math.max(most, link.mostTakeableTokens());
        }
        return most;
    }

    /** Places left over all instances in step, counting the look-ahead. */
    int freeSequences() {
        return byId.values().stream()
                .filter(InstanceLink::inStep)
                .mapToInt(InstanceLink::freeSequences)
                .sum();
    }

    /** KV tokens left over all instances in step, counting the look-ahead. */
    long freeTokens() {
        return byId.values().stream()
                .filter(InstanceLink::inStep)
                .mapToLong(InstanceLink::freeTokens)
                .sum();
    }

    /** How fast they are on average. */
    ServiceModel meanService() {
        double prefill = 0;
        double decode = 0;
        for (InstanceLink link : byId.values()) {
            ServiceModel model = ServiceModel.of(link.capacity());
            prefill += model.prefillMillisPerToken();
            decode += model.decodeMillisPerToken();
        }
        int count = byId.size();
        return count == 0
                ? ServiceModel.UNKNOWN_HARDWARE
                : new ServiceModel(prefill / count, decode / count);
    }
}
