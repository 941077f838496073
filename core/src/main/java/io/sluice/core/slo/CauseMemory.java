package io.sluice.core.slo;

import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered to tell causes: facts of the last slots, by start of the slot and instance;
 * the newest sign of life of each instance; and the causes themselves. Mutable, not thread-safe.
 */
public final class CauseMemory {

    /** The facts of no instance in particular. */
    public static final String FLEET = "";

    private final NavigableMap<Long, SortedMap<String, CauseFacts>> slots = new TreeMap<>();
    private final SortedMap<String, CauseFacts.Life> lives = new TreeMap<>();
    private final SortedMap<String, Cause> causes = new TreeMap<>();

    /** Adds facts; those of a slot may come in parts, in any order. */
    public void add(long slotStartMillis, String instance, CauseFacts facts) {
        CauseFacts sums = facts.withoutLife();
        if (!sums.equals(CauseFacts.NONE)) {
            slots.computeIfAbsent(slotStartMillis, start -> new TreeMap<>())
                    .merge(instance, sums, CauseFacts::plus);
        }
        if (!facts.life().equals(CauseFacts.Life.NONE)) {
            see(instance, facts.life());
        }
    }

    /** Takes note of a sign of life. */
    public void see(String instance, CauseFacts.Life life) {
        lives.merge(instance, life, CauseFacts.Life::or);
    }

    /** Puts a cause in place of the earlier one of its key. */
    public void put(Cause cause) {
        causes.put(keyOf(cause.key()), cause);
    }

    /** Facts by start of their slot, and instance. */
    public SortedMap<Long, SortedMap<String, CauseFacts>> slots() {
        return slots;
    }

    /** Signs of life by instance. */
    public SortedMap<String, CauseFacts.Life> lives() {
        return lives;
    }

    /** The causes, those that are over not long ago included. */
    public Iterable<Cause> causes() {
        return causes.values();
    }

    /** Whether there is nothing to remember. */
    public boolean isEmpty() {
        return slots.isEmpty() && lives.isEmpty() && causes.isEmpty();
    }

    Map<String, Cause> byKey() {
        return causes;
    }

    static String keyOf(Cause.Key key) {
        return key.kind() + "/" + key.place();
    }

    /** Sums by instance over slots that start in a stretch of time. */
    SortedMap<String, CauseFacts> between(long fromMillis, long toMillis) {
        SortedMap<String, CauseFacts> sums = new TreeMap<>();
        for (SortedMap<String, CauseFacts> slot : slots.subMap(fromMillis, toMillis).values()) {
            slot.forEach((instance, facts) -> sums.merge(instance, facts, CauseFacts::plus));
        }
        return sums;
    }

    void forgetBefore(long millis) {
        slots.headMap(millis).clear();
    }
}
