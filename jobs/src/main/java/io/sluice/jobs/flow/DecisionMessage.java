package io.sluice.jobs.flow;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Why: one decision of the router or a lane.
 *
 * @param kind what was decided
 * @param key request
 * @param attempt attempt, 0 if none
 * @param instanceId instance, or null
 * @param epoch job epoch in which it was decided
 * @param seq attempt of a ROUTE; what a HOLD is for; number of the command that follows from
 *     DISPATCH, CANCEL and PREEMPT; else 0
 * @param decidedAtMillis when
 * @param priority priority of the request
 * @param by routing policy of a ROUTE, preemption policy of a PREEMPT; else the ordering policy of
 *     the lane
 * @param queueLength requests left waiting, -1 if no queue was concerned
 * @param queuePosition requests it went ahead of, -1 likewise
 * @param queueWaitMillis time since submission, -1 likewise
 * @param reason for people, or null
 * @param candidates instances that could have taken it, best first; empty if there was no choice
 * @param candidateCount how many there were, 0 if no instance was chosen
 * @param expected what was predicted, or null if nothing was
 * @param end how the request ends, or null if it does not
 */
public record DecisionMessage(
        Kind kind,
        RequestKey key,
        int attempt,
        @Nullable String instanceId,
        long epoch,
        long seq,
        long decidedAtMillis,
        int priority,
        DecidedBy by,
        int queueLength,
        int queuePosition,
        long queueWaitMillis,
        @Nullable String reason,
        List<ScoredInstance> candidates,
        int candidateCount,
        @Nullable DecisionForecast expected,
        @Nullable DecisionEnd end) {

    /** A decision that chooses no instance, predicts nothing and ends nothing. */
    public DecisionMessage(
            Kind kind,
            RequestKey key,
            int attempt,
            @Nullable String instanceId,
            long epoch,
            long seq,
            long decidedAtMillis,
            int priority,
            DecidedBy by,
            int queueLength,
            int queuePosition,
            long queueWaitMillis,
            @Nullable String reason) {
        this(
                kind,
                key,
                attempt,
                instanceId,
                epoch,
                seq,
                decidedAtMillis,
                priority,
                by,
                queueLength,
                queuePosition,
                queueWaitMillis,
                reason,
                List.of(),
                0,
                null,
                null);
    }

    /** The same, chosen among instances. */
    public DecisionMessage among(List<ScoredInstance> best, int considered) {
        return with(best, considered, expected, end);
    }

    /** The same, with what was predicted. */
    public DecisionMessage expecting(@Nullable DecisionForecast forecast) {
        return with(candidates, candidateCount, forecast, end);
    }

    /** The same, with how the request ends. */
    public DecisionMessage ending(DecisionEnd how) {
        return with(candidates, candidateCount, expected, how);
    }

    private DecisionMessage with(
            List<ScoredInstance> best,
            int considered,
            @Nullable DecisionForecast forecast,
            @Nullable DecisionEnd how) {
        return new DecisionMessage(
                kind,
                key,
                attempt,
                instanceId,
                epoch,
                seq,
                decidedAtMillis,
                priority,
                by,
                queueLength,
                queuePosition,
                queueWaitMillis,
                reason,
                best,
                considered,
                forecast,
                how);
    }

    /** What was decided. */
    public enum Kind {
        /** The router gave it to an instance. */
        ROUTE,
        /** A lane sent it to its worker. */
        DISPATCH,
        /** A lane let go of it. */
        RELEASE,
        /** A run was taken to be stopped. */
        CANCEL,
        /** A run was taken to be interrupted for another. */
        PREEMPT,
        /** A worker turned out to hold it. */
        ADOPT,
        /** The router keeps it. */
        HOLD,
        /** The router does not take it in. */
        REJECT,
        /** The router gives it up because its time is over. */
        EXPIRE,
        /** The router closes it in any other way. */
        END
    }
}
