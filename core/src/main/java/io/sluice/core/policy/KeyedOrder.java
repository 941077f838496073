package io.sluice.core.policy;

import io.sluice.core.model.PendingRequest;

import org.jspecify.annotations.Nullable;

import java.util.Iterator;
import java.util.TreeSet;

/** The order of the requests' own keys. Adding, removing and the next to go cost O(log n). */
public final class KeyedOrder implements QueueOrder {

    private final TreeSet<QueuedRequest> byPlace =
            new TreeSet<>((a, b) -> a.place().compareTo(b.place()));

    @Override
    public void add(QueuedRequest queued, PendingRequest request) {
        byPlace.add(queued);
    }

    @Override
    public void remove(QueuedRequest queued) {
        byPlace.remove(queued);
    }

    /** Whether nothing waits. */
    public boolean isEmpty() {
        return byPlace.isEmpty();
    }

    /** What goes next, or null. */
    public @Nullable QueuedRequest first() {
        return byPlace.isEmpty() ? null : byPlace.first();
    }

    @Override
    public Iterator<QueuedRequest> walk() {
        return byPlace.iterator();
    }

    @Override
    public int position(QueuedRequest queued) {
        boolean first = byPlace.isEmpty() || byPlace.first().equals(queued);
        return first ? 0 : byPlace.headSet(queued).size();
    }
}
