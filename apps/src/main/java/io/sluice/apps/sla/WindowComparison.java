package io.sluice.apps.sla;

import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.SloIndicator;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** One published window beside the exact one. */
final class WindowComparison {

    /** Percentiles are promised within this share of the exact value: half a bucket of 1/64. */
    static final double STATED_ERROR = 1.0 / 128;

    /** Exact numbers travel as floating point, and are divided by other roads. */
    private static final double ROUNDING = 1e-9;

    private static final double NANOS_PER_MILLI = 1e6;

    private final long lengthMillis;
    private final Differences differences;
    private final List<String> excesses = new ArrayList<>();

    private WindowComparison(long lengthMillis, Differences differences) {
        this.lengthMillis = lengthMillis;
        this.differences = differences;
    }

    /**
     * Compares, and notes the differences.
     *
     * @return what differs by more than was promised, in words
     */
    static List<String> of(
            long lengthMillis, SlaWindow published, ExactWindow exact, Differences differences) {
        WindowComparison comparison = new WindowComparison(lengthMillis, differences);
        comparison.counts(published, exact);
        comparison.attainment(published.getSlo(), exact);
        for (LatencyMeasure measure : LatencyMeasure.values()) {
            LatencySummary summary = summary(published, measure);
            if (summary != null) {
                comparison.latency(measure, summary, exact.sortedNanos(measure));
            }
        }
        return comparison.excesses;
    }

    /** The published distribution of a measure; null in records of before it was measured. */
    private static @Nullable LatencySummary summary(SlaWindow window, LatencyMeasure measure) {
        return switch (measure) {
            case QUEUE_WAIT -> window.getQueueWait();
            case TTFT -> window.getTtft();
            case TTFT_FROM_DISPATCH -> window.getTtftFromDispatch();
            case TPOT -> window.getTpot();
            case E2E -> window.getE2e();
        };
    }

    private void counts(SlaWindow published, ExactWindow exact) {
        Set<String> endings = new HashSet<>(published.getOutcomes().keySet());
        endings.addAll(exact.outcomes().keySet());
        for (String ending : endings) {
            count(
                    "outcomes",
                    ending,
                    published.getOutcomes().getOrDefault(ending, 0L),
                    exact.outcomes().getOrDefault(ending, 0L));
        }
        Map<String, Long> volume = new HashMap<>();
        volume.put(ExactWindow.INPUT_TOKENS, published.getInputTokens());
        volume.put(ExactWindow.OUTPUT_TOKENS, published.getOutputTokens());
        volume.put(ExactWindow.GOODPUT_REQUESTS, published.getGoodputRequests());
        volume.put(ExactWindow.GOODPUT_TOKENS, published.getGoodputTokens());
        volume.put(ExactWindow.INVALID, published.getInvalidLatencies());
        exact.volume()
                .forEach((name, value) -> count(name, name, volume.getOrDefault(name, 0L), value));
    }

    private void attainment(SloCounts slo, ExactWindow exact) {
        for (SloIndicator indicator : SloIndicator.values()) {
            long withTarget = 0;
            long met = 0;
            switch (indicator) {
                case TTFT -> {
                    withTarget = slo.getTtftWithTarget();
                    met = slo.getTtftMet();
                }
                case TPOT -> {
                    withTarget = slo.getTpotWithTarget();
                    met = slo.getTpotMet();
                }
                case E2E -> {
                    withTarget = slo.getE2eWithTarget();
                    met = slo.getE2eMet();
                }
                case JOINT -> {
                    withTarget = slo.getJointWithTarget();
                    met = slo.getJointMet();
                }
            }
            String name = lower(indicator);
            count(
                    "attainment",
                    name + " with target",
                    withTarget,
                    exact.withTarget().getOrDefault(indicator, 0L));
            count("attainment", name + " met", met, exact.met().getOrDefault(indicator, 0L));
        }
    }

    private void latency(LatencyMeasure measure, LatencySummary summary, long[] sorted) {
        String name = lower(measure);
        count(name, name + " count", summary.getCount(), sorted.length);
        misplaced(name, summary, sorted);
        if (sorted.length == 0 || summary.getCount() == 0) {
            return;
        }
        double mean = sum(sorted) / NANOS_PER_MILLI / sorted.length;
        value(name, Statistic.MEAN, summary.getMeanMs(), mean);
        value(name, Statistic.MIN, summary.getMinMs(), sorted[0] / NANOS_PER_MILLI);
        value(name, Statistic.MAX, summary.getMaxMs(), sorted[sorted.length - 1] / NANOS_PER_MILLI);
        percentile(name, Statistic.P50, summary.getP50Ms(), ExactWindow.percentile(sorted, 50));
        percentile(name, Statistic.P90, summary.getP90Ms(), ExactWindow.percentile(sorted, 90));
        percentile(name, Statistic.P95, summary.getP95Ms(), ExactWindow.percentile(sorted, 95));
        percentile(name, Statistic.P99, summary.getP99Ms(), ExactWindow.percentile(sorted, 99));
    }

    /** Buckets are what readers merge, so each value must be in the one that the schema says. */
    private void misplaced(String name, LatencySummary summary, long[] sorted) {
        Map<Integer, Long> buckets = new HashMap<>();
        for (int i = 0; i < summary.getBucketIndexes().size(); i++) {
            buckets.merge(
                    summary.getBucketIndexes().get(i), summary.getBucketCounts().get(i), Long::sum);
        }
        for (long nanos : sorted) {
            buckets.merge(bucketOf(nanos), -1L, Long::sum);
        }
        long misplaced = buckets.values().stream().mapToLong(Math::abs).sum();
        excess(name, Statistic.BUCKETS, (double) misplaced, 0, name + " buckets hold other values");
    }

    /** As the schema of the windows defines it. */
    private static int bucketOf(long nanos) {
        if (nanos < 128) {
            return (int) nanos;
        }
        int shift = 63 - Long.numberOfLeadingZeros(nanos) - 6;
        return 64 * shift + (int) (nanos >> shift);
    }

    private static double sum(long[] sorted) {
        long sum = 0;
        for (long nanos : sorted) {
            sum += nanos;
        }
        return sum;
    }

    private void count(String measure, String what, long published, long exact) {
        excess(
                measure,
                Statistic.COUNT,
                (double) Math.abs(published - exact),
                0,
                "%s %d, exactly %d".formatted(what, published, exact));
    }

    private void value(String measure, Statistic statistic, double published, double exact) {
        compare(measure, statistic, published, exact, ROUNDING);
    }

    private void percentile(String measure, Statistic statistic, double published, long nanos) {
        double exact = nanos / NANOS_PER_MILLI;
        compare(measure, statistic, published, exact, STATED_ERROR + ROUNDING);
    }

    private void compare(
            String measure, Statistic statistic, double published, double exact, double allowed) {
        double difference = Math.abs(published - exact);
        double relative = difference == 0 ? 0 : difference / Math.abs(exact);
        excess(
                measure,
                statistic,
                relative,
                allowed,
                "%s %s %s ms, exactly %s ms"
                        .formatted(measure, statistic.label(), published, exact));
    }

    private void excess(
            String measure, Statistic statistic, double difference, double allowed, String words) {
        differences.note(new Differences.Row(lengthMillis, measure), statistic, difference);
        if (!(difference <= allowed)) {
            excesses.add(words);
        }
    }

    private static String lower(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT);
    }
}
