package io.sluice.apps.page.live;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How much of several kinds of things there was over time. */
final class CountSeries {

    private final SlotRing<Map<String, Long>> slots = new SlotRing<>(TreeMap::new);

    /** Counts at the time when the broker appended the record. */
    void add(String kind, long amount, long appendMillis) {
        Map<String, Long> slot = slots.at(appendMillis);
        if (slot != null) {
            slot.merge(kind, amount, Long::sum);
        }
    }

    /** For each kind the counts of the slots up to now, oldest first. */
    Map<String, List<Long>> until(long nowMillis) {
        Map<String, List<Long>> series = new TreeMap<>();
        List<Map<String, Long>> ordered = new ArrayList<>();
        for (Map<String, Long> slot : slots.until(nowMillis)) {
            Map<String, Long> counts = slot == null ? Map.of() : slot;
            ordered.add(counts);
            counts.keySet().forEach(kind -> series.put(kind, new ArrayList<>()));
        }
        series.forEach(
                (kind, counts) -> ordered.forEach(slot -> counts.add(slot.getOrDefault(kind, 0L))));
        return series;
    }
}
