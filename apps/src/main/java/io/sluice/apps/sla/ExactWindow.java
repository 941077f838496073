package io.sluice.apps.sla;

import io.sluice.core.latency.Attainment;
import io.sluice.core.latency.LatencyHistogram;
import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.latency.SloVerdict;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A window reckoned from its raw outcomes. Percentiles are nearest ranks in the sorted values;
 * every number is exact.
 *
 * @param outcomes requests by the wire name of how they ended
 * @param nanos values of each measure in whole nanoseconds, sorted
 * @param withTarget requests that carried a target, by indicator
 * @param met those of them that met it
 * @param volume tokens, goodput, and what was no duration, by the name of the field
 */
record ExactWindow(
        SortedMap<String, Long> outcomes,
        Map<LatencyMeasure, long[]> nanos,
        Map<SloIndicator, Long> withTarget,
        Map<SloIndicator, Long> met,
        SortedMap<String, Long> volume) {

    static final String INPUT_TOKENS = "input_tokens";
    static final String OUTPUT_TOKENS = "output_tokens";
    static final String GOODPUT_REQUESTS = "goodput_requests";
    static final String GOODPUT_TOKENS = "goodput_tokens";
    static final String INVALID = "invalid_latencies";

    private static final double NANOS_PER_MILLI = 1e6;

    static ExactWindow of(Collection<CountedOutcome> counted) {
        ExactWindow window =
                new ExactWindow(
                        new TreeMap<>(),
                        new EnumMap<>(LatencyMeasure.class),
                        new EnumMap<>(SloIndicator.class),
                        new EnumMap<>(SloIndicator.class),
                        new TreeMap<>());
        for (CountedOutcome outcome : counted) {
            window.add(outcome.sample());
        }
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            window.nanos.put(measure, window.sorted(measure, counted));
        }
        return window;
    }

    long requests() {
        return outcomes.values().stream().mapToLong(Long::longValue).sum();
    }

    long[] sortedNanos(LatencyMeasure measure) {
        return nanos.getOrDefault(measure, new long[0]);
    }

    /** The nearest rank: the smallest value that so many in a hundred do not exceed. */
    static long percentile(long[] sorted, int percent) {
        long rank = ((long) sorted.length * percent + 99) / 100;
        return sorted[(int) Math.max(1, rank) - 1];
    }

    private void add(SlaSample sample) {
        outcomes.merge(sample.outcome().wireName(), 1L, Long::sum);
        SloVerdict verdict = SloVerdict.of(sample);
        for (SloIndicator indicator : SloIndicator.values()) {
            Attainment attainment = verdict.on(indicator);
            withTarget.merge(indicator, attainment == Attainment.NO_TARGET ? 0L : 1L, Long::sum);
            met.merge(indicator, attainment == Attainment.MET ? 1L : 0L, Long::sum);
        }
        long good = verdict.isGoodput(sample) ? 1 : 0;
        volume.merge(INPUT_TOKENS, sample.tokens().input(), Long::sum);
        volume.merge(OUTPUT_TOKENS, sample.tokens().output(), Long::sum);
        volume.merge(GOODPUT_REQUESTS, good, Long::sum);
        volume.merge(GOODPUT_TOKENS, good * sample.tokens().output(), Long::sum);
    }

    private long[] sorted(LatencyMeasure measure, Collection<CountedOutcome> counted) {
        long[] values = new long[counted.size()];
        int size = 0;
        long invalid = 0;
        for (CountedOutcome outcome : counted) {
            double millis = outcome.sample().countedMillis(measure);
            if (LatencyHistogram.isRecordable(millis)) {
                values[size++] = Math.round(millis * NANOS_PER_MILLI);
            } else if (!Double.isNaN(millis)) {
                invalid++;
            }
        }
        volume.merge(INVALID, invalid, Long::sum);
        long[] sorted = Arrays.copyOf(values, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
