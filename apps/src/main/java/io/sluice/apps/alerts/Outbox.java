package io.sluice.apps.alerts;

import io.sluice.schemas.avro.Alert;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What is known of the alerts, and what of it is still to be told. The newest record of an alert
 * stands for it, so a receiver that was away for long hears how each alert stands, not how it came
 * to that; and what a recovered job writes again is known and not told again.
 */
final class Outbox {

    /** Alerts that are over and told, of which the newest are remembered to recognise repeats. */
    static final int REMEMBERED = 10_000;

    private static final long NEVER = Long.MAX_VALUE;

    private final Duration repeatEvery;
    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private int settled;

    /** How one alert stands: told up to its newest record if {@code dueMillis} says never. */
    private record Entry(Alert alert, int partition, long offset, boolean told, long dueMillis) {

        boolean isOver() {
            return alert.getResolvedAt() != null;
        }

        boolean isSettled() {
            return told && isOver();
        }
    }

    /** An outbox that tells an open alert again so often; zero for never. */
    Outbox(Duration repeatEvery) {
        this.repeatEvery = repeatEvery;
    }

    /**
     * Takes a record in.
     *
     * @param alert how it stands
     * @param partition where it was read
     * @param offset where in the partition
     * @param told whether it was told before this process began
     */
    void take(Alert alert, int partition, long offset, boolean told) {
        Entry known = entries.get(alert.getAlertId());
        if (known != null && known.alert.getSeq() >= alert.getSeq()) {
            return;
        }
        put(new Entry(alert, partition, offset, told, told ? repeatAt(alert, 0) : 0));
    }

    private void put(Entry entry) {
        Entry before = entries.put(entry.alert.getAlertId(), entry);
        if (before != null && before.isSettled()) {
            settled--;
        }
        if (entry.isSettled()) {
            settled++;
        }
        if (settled > REMEMBERED) {
            forgetTheOldest();
        }
    }

    /** An alert that is over need not be told to a receiver that has never heard of any. */
    void skipWhatIsOver(int partition) {
        for (Entry entry : List.copyOf(entries.values())) {
            if (entry.partition == partition && entry.isOver() && !entry.told) {
                put(new Entry(entry.alert, partition, entry.offset, true, NEVER));
            }
        }
    }

    /** The first alert that is to be told now, or null. */
    @Nullable Alert due(long nowMillis) {
        for (Entry entry : entries.values()) {
            if (entry.dueMillis <= nowMillis) {
                return entry.alert;
            }
        }
        return null;
    }

    /** When the next alert is due; {@link Long#MAX_VALUE} if none is. */
    long nextDueMillis() {
        return entries.values().stream().mapToLong(Entry::dueMillis).min().orElse(NEVER);
    }

    /** An alert was told, or never will be: either way it is done with until it changes. */
    void done(Alert alert, long nowMillis) {
        Entry entry = entries.get(alert.getAlertId());
        if (entry != null) {
            long again = repeatAt(entry.alert, nowMillis);
            put(new Entry(entry.alert, entry.partition, entry.offset, true, again));
        }
    }

    private long repeatAt(Alert alert, long nowMillis) {
        boolean again = alert.getResolvedAt() == null && !repeatEvery.isZero();
        return again ? nowMillis + repeatEvery.toMillis() : NEVER;
    }

    private void forgetTheOldest() {
        Iterator<Entry> oldest = entries.values().iterator();
        while (settled > REMEMBERED) {
            if (oldest.next().isSettled()) {
                oldest.remove();
                settled--;
            }
        }
    }

    /** How many alerts are to be told that were not. */
    int waiting() {
        return (int) entries.values().stream().filter(entry -> !entry.told).count();
    }

    /**
     * Up to where everything was told, by partition.
     *
     * @param positions up to where each partition was read
     */
    Map<Integer, Long> toldUpTo(Map<Integer, Long> positions) {
        Map<Integer, Long> told = new HashMap<>(positions);
        for (Entry entry : entries.values()) {
            if (!entry.told) {
                told.computeIfPresent(entry.partition, (p, end) -> Math.min(end, entry.offset));
            }
        }
        return told;
    }

    /** Somebody else tells what is in these partitions. */
    void forget(Set<Integer> partitions) {
        entries.values().removeIf(entry -> partitions.contains(entry.partition));
        settled = (int) entries.values().stream().filter(Entry::isSettled).count();
    }
}
