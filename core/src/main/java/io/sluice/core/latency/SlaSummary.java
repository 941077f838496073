package io.sluice.core.latency;

import io.sluice.core.model.Outcome;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The immutable image of an {@link SlaAggregate}: what is published, kept in state, and merged into
 * longer windows.
 *
 * @param outcomes finished requests by outcome; outcomes that did not occur are absent
 * @param latencies distribution of each measure; measures without values are absent
 * @param slo attainment of each indicator; indicators that nobody carried are absent
 * @param volume tokens and goodput
 */
public record SlaSummary(
        Map<Outcome, Long> outcomes,
        Map<LatencyMeasure, LatencyBuckets> latencies,
        Map<SloIndicator, SloCounts> slo,
        SlaVolume volume) {

    /** The summary of no requests. */
    public static final SlaSummary EMPTY =
            new SlaSummary(Map.of(), Map.of(), Map.of(), SlaVolume.NONE);

    /** Copies the maps. */
    public SlaSummary {
        outcomes = immutable(Outcome.class, outcomes);
        latencies = immutable(LatencyMeasure.class, latencies);
        slo = immutable(SloIndicator.class, slo);
    }

    /** Number of finished requests. */
    public long requests() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Distribution of one measure, in a histogram of its own; empty if it has no values. */
    public LatencyHistogram latency(LatencyMeasure measure) {
        return LatencyHistogram.fromBuckets(
                latencies.getOrDefault(measure, LatencyBuckets.empty()));
    }

    /** Attainment of one indicator. */
    public SloCounts attainment(SloIndicator indicator) {
        return slo.getOrDefault(indicator, SloCounts.NONE);
    }

    private static <K extends Enum<K>, V> Map<K, V> immutable(Class<K> type, Map<K, V> map) {
        EnumMap<K, V> copy = new EnumMap<>(type);
        copy.putAll(map);
        return Collections.unmodifiableMap(copy);
    }
}
