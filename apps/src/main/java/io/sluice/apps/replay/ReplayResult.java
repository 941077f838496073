package io.sluice.apps.replay;

import io.sluice.core.latency.LatencyStats;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The account of a replay. Once it has ended, each request that was read is acknowledged, failed,
 * oversized or stopped; only when it was stopped while the broker did not answer are some still in
 * flight.
 *
 * @param startedAt wall time of the start, offset 0 of the trace
 * @param progress the counts and how far behind the replay fell
 * @param acknowledged how late the broker had the requests, after they were due: lag plus delivery
 * @param stopped whether it was stopped before all was sent
 * @param problems records that did not arrive, the first {@value #KEPT_PROBLEMS}
 */
public record ReplayResult(
        Instant startedAt,
        ReplayProgress progress,
        Optional<LatencyStats> acknowledged,
        boolean stopped,
        List<SendProblem> problems) {

    /** Problems kept; all are counted. */
    public static final int KEPT_PROBLEMS = 1000;

    public ReplayResult {
        problems = List.copyOf(problems);
    }

    /** The counts. */
    public ReplayCounts counts() {
        return progress.counts();
    }
}
