package io.sluice.apps.spans;

import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What a request went through, one stage after the other without gaps, in nanoseconds of the Unix
 * clock. Submission is by the broker's clock and the lengths are those of the outcome, so that they
 * are the latencies that are measured; where the request was assigned is by the clock of the job,
 * and is kept within the stages beside it.
 *
 * @param startNanos when it was submitted
 * @param endNanos when it ended: at its last token, or when it was settled
 * @param stages in their order
 */
record Stages(long startNanos, long endNanos, List<Stage> stages) {

    /**
     * One of them.
     *
     * @param name {@code route}, {@code queue}, {@code prefill}, {@code decode}, or {@code run} for
     *     a run that did not complete
     */
    record Stage(String name, long startNanos, long endNanos) {}

    /** The stages of a request that was submitted then. */
    static Stages of(Instant submitted, RequestOutcome outcome, List<Decision> decisions) {
        long start = nanos(submitted);
        Double e2e = outcome.getE2eMs();
        long end = e2e == null ? Math.max(start, nanos(outcome.getSettledAt())) : later(start, e2e);
        Cutter cutter = new Cutter(start, end);
        cutter.cut("route", decidedAt(DecisionKind.ROUTE, outcome.getAttempt(), decisions));
        Long dispatch = dispatched(start, outcome, decisions);
        if (dispatch == null) {
            cutter.rest("queue");
            return new Stages(start, end, cutter.stages);
        }
        cutter.cut("queue", dispatch);
        Double ttft = outcome.getTtftMs();
        if (ttft != null) {
            cutter.cut("prefill", later(start, ttft));
        }
        cutter.rest(ttft == null ? "run" : "decode");
        return new Stages(start, end, cutter.stages);
    }

    /** When the run that the outcome is about was dispatched; null if there was none. */
    private static @Nullable Long dispatched(
            long start, RequestOutcome outcome, List<Decision> decisions) {
        Long waited = outcome.getQueueWaitMs();
        if (outcome.getOutcome() == Outcome.Completed && waited != null) {
            return later(start, waited);
        }
        return decidedAt(DecisionKind.DISPATCH, outcome.getAttempt(), decisions);
    }

    /** The last one counts: an earlier one of the same attempt was rolled back. */
    private static @Nullable Long decidedAt(
            DecisionKind kind, int attempt, List<Decision> decisions) {
        Long at = null;
        for (Decision decision : decisions) {
            if (decision.getKind() == kind && decision.getAttempt() == attempt) {
                at = nanos(decision.getDecidedAt());
            }
        }
        return at;
    }

    static long nanos(Instant time) {
        return Math.multiplyExact(time.toEpochMilli(), 1_000_000L);
    }

    private static long later(long start, double millis) {
        return start + Math.round(Math.max(0, millis) * 1e6);
    }

    /** Cuts the time into stages, in order. */
    private static final class Cutter {
        private final List<Stage> stages = new ArrayList<>();
        private final long end;
        private long at;

        Cutter(long start, long end) {
            this.at = start;
            this.end = end;
        }

        void cut(String name, @Nullable Long until) {
            if (until != null) {
                long to = Math.min(end, Math.max(at, until));
                stages.add(new Stage(name, at, to));
                at = to;
            }
        }

        void rest(String name) {
            cut(name, end);
        }
    }
}
