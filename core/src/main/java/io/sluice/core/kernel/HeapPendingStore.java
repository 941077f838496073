package io.sluice.core.kernel;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** A store on the heap, for simulations and tests. */
public final class HeapPendingStore implements PendingStore {

    private final Map<RequestKey, LaneEntry> entries = new HashMap<>();

    @Override
    public @Nullable LaneEntry get(RequestKey key) {
        return entries.get(key);
    }

    @Override
    public void put(LaneEntry entry) {
        entries.put(entry.key(), entry);
    }

    @Override
    public void remove(RequestKey key) {
        entries.remove(key);
    }

    @Override
    public Iterable<LaneEntry> all() {
        return entries.values();
    }

    /** A copy that later changes do not touch: what a checkpoint would hold. */
    public HeapPendingStore copy() {
        HeapPendingStore copy = new HeapPendingStore();
        copy.entries.putAll(entries);
        return copy;
    }

    /** How many entries there are. */
    public int size() {
        return entries.size();
    }
}
