package io.sluice.jobs.io;

import io.sluice.core.latency.BucketScale;
import io.sluice.core.latency.LatencyBuckets;
import io.sluice.core.latency.LatencyHistogram;
import io.sluice.core.latency.LatencyStats;
import io.sluice.jobs.state.HistogramState;
import io.sluice.jobs.state.SlaAggregateState;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.SloState;
import io.sluice.jobs.state.VolumeState;
import io.sluice.schemas.avro.LatencySummary;
import io.sluice.schemas.avro.SlaScope;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloCounts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/** From the value of a window to its record on the topic. */
final class SlaWindowMapping {

    private static final LatencyStats NO_STATS = new LatencyStats(0, 0, 0, 0, 0, 0, 0, 0);
    private static final SloState NO_TARGETS = new SloState(0, 0);

    private SlaWindowMapping() {}

    /**
     * Key on the topic: what is replaced by the next value of the same window and group. It has the
     * length of the window, so that a job with other windows replaces nothing of this one.
     */
    static String key(SlaWindowUpdate update) {
        long start = update.windowStartMillis();
        long length = update.windowEndMillis() - start;
        return "%d+%d/%s/%s".formatted(start, length, update.scope(), update.scopeValue());
    }

    static SlaWindow record(SlaWindowUpdate update) {
        SlaAggregateState aggregate = update.aggregate();
        Map<String, HistogramState> latencies = aggregate.latencies();
        VolumeState volume = aggregate.volume();
        return SlaWindow.newBuilder()
                .setWindowStart(Instant.ofEpochMilli(update.windowStartMillis()))
                .setWindowEnd(Instant.ofEpochMilli(update.windowEndMillis()))
                .setScope(SlaScope.valueOf(update.scope()))
                .setScopeValue(update.scopeValue())
                .setComplete(update.complete())
                .setEmittedAt(Instant.ofEpochMilli(update.emittedAtMillis()))
                .setOutcomes(aggregate.outcomes())
                .setQueueWait(latency(latencies.get("QUEUE_WAIT")))
                .setTtft(latency(latencies.get("TTFT")))
                .setTtftFromDispatch(latency(latencies.get("TTFT_FROM_DISPATCH")))
                .setTpot(latency(latencies.get("TPOT")))
                .setE2e(latency(latencies.get("E2E")))
                .setSlo(slo(aggregate.slo()))
                .setInputTokens(volume.inputTokens())
                .setOutputTokens(volume.outputTokens())
                .setGoodputRequests(volume.goodputRequests())
                .setGoodputTokens(volume.goodputTokens())
                .setInvalidLatencies(volume.invalidLatencies())
                .setLateEvents(aggregate.lateEvents())
                .setFolded(aggregate.folded())
                .build();
    }

    private static SloCounts slo(Map<String, SloState> slo) {
        SloState ttft = slo.getOrDefault("TTFT", NO_TARGETS);
        SloState tpot = slo.getOrDefault("TPOT", NO_TARGETS);
        SloState e2e = slo.getOrDefault("E2E", NO_TARGETS);
        SloState joint = slo.getOrDefault("JOINT", NO_TARGETS);
        return SloCounts.newBuilder()
                .setTtftWithTarget(ttft.withTarget())
                .setTtftMet(ttft.met())
                .setTpotWithTarget(tpot.withTarget())
                .setTpotMet(tpot.met())
                .setE2eWithTarget(e2e.withTarget())
                .setE2eMet(e2e.met())
                .setJointWithTarget(joint.withTarget())
                .setJointMet(joint.met())
                .build();
    }

    private static LatencySummary latency(@Nullable HistogramState state) {
        LatencyBuckets buckets = state == null ? LatencyBuckets.empty() : buckets(state);
        LatencyStats stats = LatencyHistogram.fromBuckets(buckets).stats().orElse(NO_STATS);
        return LatencySummary.newBuilder()
                .setCount(stats.count())
                .setMeanMs(stats.mean())
                .setP50Ms(stats.p50())
                .setP90Ms(stats.p90())
                .setP95Ms(stats.p95())
                .setP99Ms(stats.p99())
                .setMinMs(stats.min())
                .setMaxMs(stats.max())
                .setSumNs(buckets.extent().sumNanos())
                .setRelativeError(BucketScale.RELATIVE_ERROR)
                .setBucketLayout(BucketScale.NAME)
                .setBucketIndexes(Arrays.stream(buckets.indices()).boxed().toList())
                .setBucketCounts(Arrays.stream(buckets.counts()).boxed().toList())
                .build();
    }

    private static LatencyBuckets buckets(HistogramState state) {
        return LatencyBuckets.of(
                state.indices(),
                state.counts(),
                new LatencyBuckets.Extent(state.sumNanos(), state.minNanos(), state.maxNanos()));
    }
}
