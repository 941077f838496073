package io.sluice.apps.chaos;

import io.sluice.sim.protocol.Fault;
import io.sluice.sim.protocol.ProtocolRun;
import io.sluice.sim.protocol.Totals;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a number of runs came to. */
final class Tally {

    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final List<Long> broken = new ArrayList<>();
    private Totals totals = Totals.NONE;
    private long seeds;

    /** Adds a run. */
    void add(ProtocolRun.Result result) {
        seeds++;
        totals = totals.plus(result.totals());
        result.faults().forEach((fault, times) -> faults.merge(fault, (long) times, Long::sum));
        if (!result.violations().isEmpty()) {
            broken.add(result.seed());
        }
    }

    /** Adds what others came to. */
    void add(Tally other) {
        seeds += other.seeds;
        totals = totals.plus(other.totals);
        other.faults.forEach((fault, times) -> faults.merge(fault, times, Long::sum));
        broken.addAll(other.broken);
        Collections.sort(broken);
    }

    long seeds() {
        return seeds;
    }

    Totals totals() {
        return totals;
    }

    /** How often a fault happened. */
    long times(Fault fault) {
        return faults.getOrDefault(fault, 0L);
    }

    /** Seeds that break a promise, the smallest first. */
    List<Long> broken() {
        return Collections.unmodifiableList(broken);
    }
}
