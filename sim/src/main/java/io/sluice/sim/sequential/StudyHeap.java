package io.sluice.sim.sequential;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The study's queue: a binary heap in an array whose comparison is "not after" instead of "before".
 * Entries of equal key therefore leave it in an order of its own, not in that of their arrival, and
 * published results depend on that order. Keys do not change while an entry is queued.
 */
final class StudyHeap {

    private final List<Entry> entries = new ArrayList<>();

    /**
     * A request under the key it was queued with, which need not be its own.
     *
     * @param rank class, smaller first
     * @param seconds remaining time, less first
     * @param request what waits
     */
    record Entry(int rank, double seconds, StudyRequest request) {

        boolean isNotAfter(Entry other) {
            return rank < other.rank || (rank == other.rank && seconds <= other.seconds);
        }
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** The request that {@link #pop} would take. */
    StudyRequest first() {
        return entries.get(0).request();
    }

    void push(Entry entry) {
        entries.add(entry);
        moveUp(entry, entries.size() - 1);
    }

    StudyRequest pop() {
        Entry first = entries.get(0);
        Entry last = entries.remove(entries.size() - 1);
        if (!entries.isEmpty()) {
            moveUp(last, sunkenHole());
        }
        return first.request();
    }

    void forEach(Consumer<StudyRequest> action) {
        entries.forEach(entry -> action.accept(entry.request()));
    }

    /** Lets the root's place sink to a leaf, lifting one child at each step. */
    private int sunkenHole() {
        int hole = 0;
        int child = 1;
        while (child < entries.size()) {
            int right = child + 1;
            if (right < entries.size() && !entries.get(child).isNotAfter(entries.get(right))) {
                child = right;
            }
            entries.set(hole, entries.get(child));
            hole = child;
            child = 2 * hole + 1;
        }
        return hole;
    }

    private void moveUp(Entry entry, int from) {
        int place = from;
        while (place > 0) {
            Entry parent = entries.get((place - 1) / 2);
            if (!entry.isNotAfter(parent)) {
                break;
            }
            entries.set(place, parent);
            place = (place - 1) / 2;
        }
        entries.set(place, entry);
    }
}
