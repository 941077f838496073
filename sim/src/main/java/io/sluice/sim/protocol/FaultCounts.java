package io.sluice.sim.protocol;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/** How often each fault has happened in a run. */
final class FaultCounts {

    private final Map<Fault, Integer> counts = new EnumMap<>(Fault.class);

    FaultCounts() {
        for (Fault fault : Fault.values()) {
            counts.put(fault, 0);
        }
    }

    void count(Fault fault) {
        counts.merge(fault, 1, Integer::sum);
    }

    void countIf(boolean met, Fault fault) {
        if (met) {
            count(fault);
        }
    }

    /** All of them, those that did not happen with 0. */
    Map<Fault, Integer> all() {
        return Collections.unmodifiableMap(new EnumMap<>(counts));
    }
}
