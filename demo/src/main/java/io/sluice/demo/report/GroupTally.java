package io.sluice.demo.report;

import io.sluice.core.latency.LatencyHistogram;
import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.latency.SloVerdict;

import java.util.EnumMap;
import java.util.Map;

/** Collects the finished requests of one group. */
final class GroupTally {

    private final double speedup;
    private final Map<LatencyMeasure, Samples> latencies = new EnumMap<>(LatencyMeasure.class);
    private final Map<SloIndicator, SloCounts> slo = new EnumMap<>(SloIndicator.class);

    /**
     * An empty group.
     *
     * @param speedup what latencies are multiplied by; the verdicts need no factor, as targets were
     *     divided by the same
     */
    GroupTally(double speedup) {
        this.speedup = speedup;
    }

    void add(SlaSample sample) {
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            double millis = sample.countedMillis(measure);
            if (LatencyHistogram.isRecordable(millis)) {
                latencies.computeIfAbsent(measure, none -> new Samples()).add(millis * speedup);
            }
        }
        SloVerdict verdict = SloVerdict.of(sample);
        for (SloIndicator indicator : SloIndicator.values()) {
            SloCounts before = slo.getOrDefault(indicator, SloCounts.NONE);
            slo.put(indicator, before.plus(verdict.on(indicator)));
        }
    }

    GroupFigures figures() {
        Map<LatencyMeasure, Distribution> distributions = new EnumMap<>(LatencyMeasure.class);
        latencies.forEach((measure, samples) -> distributions.put(measure, samples.distribution()));
        return new GroupFigures(distributions, slo);
    }
}
