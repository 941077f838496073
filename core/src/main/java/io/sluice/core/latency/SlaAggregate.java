package io.sluice.core.latency;

import io.sluice.core.model.Outcome;

import java.util.EnumMap;
import java.util.Map;

/**
 * Adds up finished requests: outcomes, latencies, attainment, tokens, goodput. Mutable, not
 * thread-safe; order of additions and merges does not matter.
 *
 * <p>Which request counts where:
 *
 * <ul>
 *   <li>TTFT, TPOT and E2E are of completed requests only. A request that is refused within a
 *       millisecond must not make latencies look better, and percentiles and attainment are to
 *       speak of the same requests.
 *   <li>Queue wait is of every request that has one, also of those that expired waiting: they
 *       waited longest.
 *   <li>Tokens are of every request; goodput as in {@link SlaVolume}.
 *   <li>A latency that is no duration (negative, infinite) is counted in {@link
 *       SlaVolume#invalidLatencies()} and not recorded; a missing one (NaN) is not recorded.
 * </ul>
 */
public final class SlaAggregate {

    private final Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
    private final Map<LatencyMeasure, LatencyHistogram> latencies =
            new EnumMap<>(LatencyMeasure.class);
    private final Map<SloIndicator, SloCounts> slo = new EnumMap<>(SloIndicator.class);
    private SlaVolume volume = SlaVolume.NONE;

    /** An aggregate that starts with what {@code summary} holds. */
    public static SlaAggregate from(SlaSummary summary) {
        SlaAggregate aggregate = new SlaAggregate();
        aggregate.merge(summary);
        return aggregate;
    }

    /** Adds one finished request. */
    public void add(SlaSample sample) {
        outcomes.merge(sample.outcome(), 1L, Long::sum);
        SloVerdict verdict = SloVerdict.of(sample);
        for (SloIndicator indicator : SloIndicator.values()) {
            addVerdict(indicator, verdict.on(indicator));
        }
        long invalid = addLatencies(sample);
        boolean good = verdict.isGoodput(sample);
        SlaSample.Tokens tokens = sample.tokens();
        volume =
                volume.plus(
                        new SlaVolume(
                                tokens.input(),
                                tokens.output(),
                                good ? 1 : 0,
                                good ? tokens.output() : 0,
                                invalid));
    }

    /** Adds everything that {@code other} holds. */
    public void merge(SlaAggregate other) {
        other.outcomes.forEach((outcome, n) -> outcomes.merge(outcome, n, Long::sum));
        other.latencies.forEach((measure, added) -> histogram(measure).merge(added));
        other.slo.forEach((indicator, counts) -> slo.merge(indicator, counts, SloCounts::plus));
        volume = volume.plus(other.volume);
    }

    /** Adds everything that {@code summary} holds. */
    public void merge(SlaSummary summary) {
        summary.outcomes().forEach((outcome, n) -> outcomes.merge(outcome, n, Long::sum));
        summary.latencies().forEach((measure, buckets) -> histogram(measure).merge(buckets));
        summary.slo().forEach((indicator, counts) -> slo.merge(indicator, counts, SloCounts::plus));
        volume = volume.plus(summary.volume());
    }

    /** The present content. */
    public SlaSummary summary() {
        Map<LatencyMeasure, LatencyBuckets> buckets = new EnumMap<>(LatencyMeasure.class);
        latencies.forEach((measure, histogram) -> buckets.put(measure, histogram.toBuckets()));
        return new SlaSummary(outcomes, buckets, slo, volume);
    }

    private void addVerdict(SloIndicator indicator, Attainment attainment) {
        if (attainment != Attainment.NO_TARGET) {
            slo.merge(indicator, SloCounts.NONE.plus(attainment), SloCounts::plus);
        }
    }

    /** Returns how many latencies had to be left out. */
    private long addLatencies(SlaSample sample) {
        long invalid = 0;
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            double millis = sample.countedMillis(measure);
            if (Double.isNaN(millis)) {
                continue;
            }
            if (LatencyHistogram.isRecordable(millis)) {
                histogram(measure).addMillis(millis);
            } else {
                invalid++;
            }
        }
        return invalid;
    }

    private LatencyHistogram histogram(LatencyMeasure measure) {
        return latencies.computeIfAbsent(measure, absent -> new LatencyHistogram());
    }
}
