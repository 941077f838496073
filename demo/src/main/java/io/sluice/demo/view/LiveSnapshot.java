package io.sluice.demo.view;

import io.sluice.core.latency.SloCounts;
import io.sluice.core.model.PriorityBand;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A run at one moment.
 *
 * @param submitted requests seen so far
 * @param settled requests with a visible outcome
 * @param queued requests that wait for an instance or in its lane, by class
 * @param inFlight requests that a worker has
 * @param ttftP50Millis median time to first token so far, in the trace's time; NaN before any
 * @param ttftP99Millis 99th percentile of the same
 * @param slo requests that met every target they carry, by class, from the SLA windows
 * @param outcomes settled requests by outcome
 */
public record LiveSnapshot(
        long submitted,
        long settled,
        Map<PriorityBand, Integer> queued,
        int inFlight,
        double ttftP50Millis,
        double ttftP99Millis,
        Map<PriorityBand, SloCounts> slo,
        SortedMap<String, Long> outcomes) {

    /** Copies the maps. */
    public LiveSnapshot {
        Map<PriorityBand, Integer> queuedCopy = new EnumMap<>(PriorityBand.class);
        queuedCopy.putAll(queued);
        queued = Collections.unmodifiableMap(queuedCopy);
        Map<PriorityBand, SloCounts> sloCopy = new EnumMap<>(PriorityBand.class);
        sloCopy.putAll(slo);
        slo = Collections.unmodifiableMap(sloCopy);
        outcomes = Collections.unmodifiableSortedMap(new TreeMap<>(outcomes));
    }

    /** Attainment of all classes together. */
    public SloCounts sloOfAll() {
        return slo.values().stream().reduce(SloCounts.NONE, SloCounts::plus);
    }
}
