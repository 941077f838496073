package io.sluice.demo.report;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.latency.SloIndicator;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * Latency and attainment of a group of finished requests.
 *
 * @param latencies of every measure, in milliseconds of the trace's time; what counts where is said
 *     in {@link io.sluice.core.latency.SlaAggregate}
 * @param slo of every indicator
 */
public record GroupFigures(
        Map<LatencyMeasure, Distribution> latencies, Map<SloIndicator, SloCounts> slo) {

    /** Copies the maps and fills in what nobody had. */
    public GroupFigures {
        Map<LatencyMeasure, Distribution> allLatencies = new EnumMap<>(LatencyMeasure.class);
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            allLatencies.put(measure, latencies.getOrDefault(measure, Distribution.EMPTY));
        }
        Map<SloIndicator, SloCounts> allSlo = new EnumMap<>(SloIndicator.class);
        for (SloIndicator indicator : SloIndicator.values()) {
            allSlo.put(indicator, slo.getOrDefault(indicator, SloCounts.NONE));
        }
        latencies = Collections.unmodifiableMap(allLatencies);
        slo = Collections.unmodifiableMap(allSlo);
    }

    /** The distribution of one measure. */
    public Distribution latency(LatencyMeasure measure) {
        return latencies.getOrDefault(measure, Distribution.EMPTY);
    }

    /** The attainment of one indicator. */
    public SloCounts attainment(SloIndicator indicator) {
        return slo.getOrDefault(indicator, SloCounts.NONE);
    }
}
