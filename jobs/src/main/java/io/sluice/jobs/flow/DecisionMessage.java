package io.sluice.jobs.flow;

import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * Why: one decision of the router or a lane.
 *
 * @param kind what was decided
 * @param key request
 * @param attempt attempt, 0 if none
 * @param instanceId instance, or null
 * @param epoch job epoch in which it was decided
 * @param seq attempt of a ROUTE; number of the command that follows from DISPATCH, CANCEL and
 *     PREEMPT; else 0
 * @param decidedAtMillis when
 * @param priority priority of the request
 * @param by routing policy of a ROUTE, preemption policy of a PREEMPT; else the ordering policy of
 *     the lane
 * @param queueLength requests left waiting, -1 if no queue was concerned
 * @param queuePosition requests it went ahead of, -1 likewise
 * @param queueWaitMillis time since submission, -1 likewise
 * @param reason for people, or null
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
        @Nullable String reason) {

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
        ADOPT
    }
}
