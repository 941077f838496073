package io.sluice.jobs.sla;

import io.sluice.core.latency.LatencyBuckets;
import io.sluice.core.latency.LatencyMeasure;
import io.sluice.core.latency.LatencyMeasures;
import io.sluice.core.latency.SlaAggregate;
import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaSample;
import io.sluice.core.latency.SlaSummary;
import io.sluice.core.latency.SlaVolume;
import io.sluice.core.latency.SloCounts;
import io.sluice.core.latency.SloIndicator;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SloTarget;
import io.sluice.core.slo.Judgement;
import io.sluice.core.slo.SloRequest;
import io.sluice.core.slo.SlotCounts;
import io.sluice.jobs.state.HistogramState;
import io.sluice.jobs.state.PendingJudgement;
import io.sluice.jobs.state.PendingSample;
import io.sluice.jobs.state.SlaAggregateState;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaSampleState;
import io.sluice.jobs.state.SloState;
import io.sluice.jobs.state.VolumeState;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Between the records of savepoints and the values of the core, so that neither binds the names of
 * the other. What state holds was written by this job: anything unknown in it is a broken invariant
 * and fails.
 */
public final class SlaStateMapping {

    private static final Map<String, Outcome> OUTCOMES =
            Stream.of(Outcome.values())
                    .collect(Collectors.toUnmodifiableMap(Outcome::wireName, outcome -> outcome));

    private SlaStateMapping() {}

    /** The properties that an outcome is grouped by. */
    public static SlaLabels labels(SlaOutcome outcome) {
        return new SlaLabels(
                outcome.instance(), outcome.model(), outcome.tenant(), outcome.priority());
    }

    /** What an outcome adds to an aggregate. */
    public static SlaSample sample(SlaSampleState state) {
        return new SlaSample(
                outcome(state.outcome()),
                new LatencyMeasures(
                        state.queueWaitMillis(),
                        state.ttftMillis(),
                        state.tpotMillis(),
                        state.e2eMillis()),
                new SloTarget(state.sloTtftMillis(), state.sloTpotMillis(), state.sloE2eMillis()),
                new SlaSample.Tokens(state.inputTokens(), state.outputTokens()));
    }

    /** An outcome as objectives look at it. */
    static SloRequest request(SlaOutcome outcome) {
        return new SloRequest(
                sample(outcome.sample()),
                labels(outcome),
                outcome.serviceTier(),
                outcome.deadlineMillis());
    }

    /** A judgement for state. */
    static int verdict(Judgement judgement) {
        return switch (judgement) {
            case GOOD -> PendingJudgement.GOOD;
            case BAD -> PendingJudgement.BAD;
            case EXCLUDED -> PendingJudgement.EXCLUDED;
        };
    }

    /** What a verdict in state adds to counts. */
    static SlotCounts counts(int verdict) {
        return switch (verdict) {
            case PendingJudgement.GOOD -> SlotCounts.of(Judgement.GOOD);
            case PendingJudgement.BAD -> SlotCounts.of(Judgement.BAD);
            case PendingJudgement.EXCLUDED -> SlotCounts.of(Judgement.EXCLUDED);
            case PendingJudgement.LATE -> SlotCounts.LATE;
            default -> throw new IllegalStateException("No verdict is " + verdict);
        };
    }

    /** The content of a window for the core. */
    public static SlaSummary summary(SlaAggregateState state) {
        Map<Outcome, Long> outcomes = new EnumMap<>(Outcome.class);
        state.outcomes().forEach((name, count) -> outcomes.put(outcome(name), count));
        Map<LatencyMeasure, LatencyBuckets> latencies = new EnumMap<>(LatencyMeasure.class);
        state.latencies()
                .forEach(
                        (name, histogram) ->
                                latencies.put(LatencyMeasure.valueOf(name), buckets(histogram)));
        Map<SloIndicator, SloCounts> slo = new EnumMap<>(SloIndicator.class);
        state.slo()
                .forEach(
                        (name, counts) ->
                                slo.put(
                                        SloIndicator.valueOf(name),
                                        new SloCounts(counts.withTarget(), counts.met())));
        VolumeState volume = state.volume();
        return new SlaSummary(
                outcomes,
                latencies,
                slo,
                new SlaVolume(
                        volume.inputTokens(),
                        volume.outputTokens(),
                        volume.goodputRequests(),
                        volume.goodputTokens(),
                        volume.invalidLatencies()));
    }

    /** The content of a window for state. */
    public static SlaAggregateState state(SlaSummary summary, long lateEvents, long folded) {
        Map<String, Long> outcomes = new HashMap<>();
        summary.outcomes().forEach((outcome, count) -> outcomes.put(outcome.wireName(), count));
        Map<String, HistogramState> latencies = new HashMap<>();
        summary.latencies()
                .forEach((measure, buckets) -> latencies.put(measure.name(), histogram(buckets)));
        Map<String, SloState> slo = new HashMap<>();
        summary.slo()
                .forEach(
                        (indicator, counts) ->
                                slo.put(
                                        indicator.name(),
                                        new SloState(counts.withTarget(), counts.met())));
        SlaVolume volume = summary.volume();
        return new SlaAggregateState(
                outcomes,
                latencies,
                slo,
                new VolumeState(
                        volume.inputTokens(),
                        volume.outputTokens(),
                        volume.goodputRequests(),
                        volume.goodputTokens(),
                        volume.invalidLatencies()),
                lateEvents,
                folded);
    }

    /** The content of a window with more samples; {@code before} is null if there was none. */
    static SlaAggregateState added(
            @Nullable SlaAggregateState before, List<PendingSample> samples) {
        SlaSummary summary = before == null ? SlaSummary.EMPTY : summary(before);
        SlaAggregate aggregate = SlaAggregate.from(summary);
        long late = before == null ? 0 : before.lateEvents();
        long folded = before == null ? 0 : before.folded();
        for (PendingSample pendingSample : samples) {
            if (pendingSample.sample() == null) {
                late++;
            } else {
                aggregate.add(sample(pendingSample.sample()));
                folded += pendingSample.folded() ? 1 : 0;
            }
        }
        return state(aggregate.summary(), late, folded);
    }

    /** The contents of several windows in one: the same, bit for bit, as that of all samples. */
    static SlaAggregateState merged(List<SlaAggregateState> parts) {
        SlaAggregate aggregate = new SlaAggregate();
        long late = 0;
        long folded = 0;
        for (SlaAggregateState part : parts) {
            aggregate.merge(summary(part));
            late += part.lateEvents();
            folded += part.folded();
        }
        return state(aggregate.summary(), late, folded);
    }

    private static Outcome outcome(String wireName) {
        return Optional.ofNullable(OUTCOMES.get(wireName))
                .orElseThrow(() -> new IllegalStateException("No outcome is named " + wireName));
    }

    private static LatencyBuckets buckets(HistogramState state) {
        return LatencyBuckets.of(
                state.indices(),
                state.counts(),
                new LatencyBuckets.Extent(state.sumNanos(), state.minNanos(), state.maxNanos()));
    }

    private static HistogramState histogram(LatencyBuckets buckets) {
        LatencyBuckets.Extent extent = buckets.extent();
        return new HistogramState(
                buckets.indices(),
                buckets.counts(),
                extent.sumNanos(),
                extent.minNanos(),
                extent.maxNanos());
    }
}
