package io.sluice.apps.replay;

import io.sluice.core.latency.LatencyHistogram;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Counts what becomes of records: handed over by the thread of the replay, settled by that of the
 * Kafka client, read by anyone.
 */
final class ReplayTally {

    /** Sent, acknowledged and failed of one kind. */
    private static final class Counts {
        private long sent;
        private long acknowledged;
        private long failed;

        private SendCounts snapshot() {
            return new SendCounts(sent, acknowledged, failed);
        }
    }

    private final Map<SendKind, Counts> counts = new EnumMap<>(SendKind.class);
    private final LatencyHistogram lag = new LatencyHistogram();
    private final LatencyHistogram acknowledged = new LatencyHistogram();
    private final List<SendProblem> problems = new ArrayList<>();
    private long oversized;
    private long stopped;
    private long unordered;
    private long scheduledNanos;
    private long inFlight;

    ReplayTally() {
        for (SendKind kind : SendKind.values()) {
            counts.put(kind, new Counts());
        }
    }

    /** A record is handed to the client. */
    synchronized void sent(SendKind kind) {
        of(kind).sent++;
        inFlight++;
    }

    /** A request of the schedule is handed over, so much later than it was due. */
    synchronized void departed(long offsetNanos, long lagNanos, boolean waitsForOthers) {
        lag.addNanos(Math.max(0, lagNanos));
        scheduledNanos = Math.max(scheduledNanos, offsetNanos);
        unordered += waitsForOthers ? 1 : 0;
    }

    /**
     * The broker has a record, so much later than it was due.
     *
     * @return whether nothing is in flight any more
     */
    synchronized boolean acknowledged(SendKind kind, long lagNanos) {
        of(kind).acknowledged++;
        if (kind == SendKind.REQUEST) {
            acknowledged.addNanos(Math.max(0, lagNanos));
        }
        return --inFlight == 0;
    }

    /**
     * A record that was handed to the client will never get to the broker.
     *
     * @return whether nothing is in flight any more
     */
    synchronized boolean failed(SendKind kind, SendProblem problem) {
        of(kind).failed++;
        keep(problem);
        return --inFlight == 0;
    }

    /** A request is too large to be sent. */
    synchronized void oversized(SendProblem problem) {
        oversized++;
        keep(problem);
    }

    /** Requests were read but are not sent any more. */
    synchronized void stopped(long requests) {
        stopped += requests;
    }

    synchronized long inFlight() {
        return inFlight;
    }

    /** How far it has got, so many nanoseconds after the start. */
    synchronized ReplayProgress progress(long elapsedNanos) {
        ReplayCounts all =
                new ReplayCounts(
                        of(SendKind.REQUEST).snapshot(),
                        of(SendKind.DUPLICATE).snapshot(),
                        of(SendKind.CANCEL).snapshot(),
                        of(SendKind.PROMPT).snapshot(),
                        new ReplayCounts.Deviations(oversized, stopped, unordered));
        return new ReplayProgress(all, lag.stats(), elapsedNanos, scheduledNanos);
    }

    synchronized ReplayResult result(Schedule schedule, long elapsedNanos, boolean wasStopped) {
        return new ReplayResult(
                schedule.wallTime(schedule.startNanos()),
                progress(elapsedNanos),
                acknowledged.stats(),
                wasStopped,
                problems);
    }

    private void keep(SendProblem problem) {
        if (problems.size() < ReplayResult.KEPT_PROBLEMS) {
            problems.add(problem);
        }
    }

    private Counts of(SendKind kind) {
        return Objects.requireNonNull(counts.get(kind));
    }
}
