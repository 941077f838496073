package io.sluice.jobs.sla;

import io.sluice.core.slo.CauseDetector;
import io.sluice.core.slo.CauseFacts;
import io.sluice.core.slo.CauseMemory;
import io.sluice.core.slo.SlotScale;
import io.sluice.jobs.state.SlotFacts;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Sums what happens on its way to the one place where causes are told, so that of each slot and
 * instance little more than one record goes there, however many requests there are.
 */
final class FactTally {

    private final SlotScale scale;
    private final NavigableMap<Long, SortedMap<String, CauseFacts>> slots = new TreeMap<>();

    FactTally(SlotScale scale) {
        this.scale = scale;
    }

    /**
     * Adds facts.
     *
     * @return whether there was room for one more instance
     */
    boolean add(long timeMillis, String instance, CauseFacts facts) {
        SortedMap<String, CauseFacts> slot =
                slots.computeIfAbsent(scale.floor(0, timeMillis), start -> new TreeMap<>());
        boolean room =
                instance.equals(CauseMemory.FLEET)
                        || slot.containsKey(instance)
                        || instancesOf(slot) < CauseDetector.MOST_INSTANCES;
        if (room) {
            slot.merge(instance, facts, CauseFacts::plus);
        }
        return room;
    }

    private static int instancesOf(SortedMap<String, CauseFacts> slot) {
        return slot.size() - (slot.containsKey(CauseMemory.FLEET) ? 1 : 0);
    }

    /** Takes what belongs to slots that were over at a time. */
    List<SlotFacts> takeUpTo(long timeMillis) {
        long start = scale.floor(0, timeMillis);
        if (slots.isEmpty() || slots.firstKey() >= start) {
            return List.of();
        }
        SortedMap<Long, SortedMap<String, CauseFacts>> over = slots.headMap(start);
        List<SlotFacts> taken = listed(over);
        over.clear();
        return taken;
    }

    /** Everything, for a snapshot. */
    List<SlotFacts> all() {
        return listed(slots);
    }

    /** Takes up what a snapshot held. */
    void restore(SlotFacts facts) {
        add(facts.slotStartMillis(), facts.instance(), CauseStateMapping.facts(facts.facts()));
    }

    private static List<SlotFacts> listed(Map<Long, SortedMap<String, CauseFacts>> slots) {
        List<SlotFacts> list = new ArrayList<>();
        slots.forEach(
                (start, instances) ->
                        instances.forEach(
                                (instance, facts) ->
                                        list.add(
                                                new SlotFacts(
                                                        start,
                                                        instance,
                                                        CauseStateMapping.state(facts)))));
        return list;
    }
}
