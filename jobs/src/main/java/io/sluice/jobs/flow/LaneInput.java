package io.sluice.jobs.flow;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;

import org.jspecify.annotations.Nullable;

/**
 * What reaches a lane. Fields that a kind does not have are null, zero or false.
 *
 * @param key instance id, or a subtask's synthetic key for a tick
 */
public record LaneInput(
        String key,
        Kind kind,
        @Nullable PendingRequest request,
        @Nullable RequestKey target,
        int attempt,
        int priority,
        boolean flag,
        @Nullable String text,
        @Nullable Release release,
        @Nullable WorkerReportMessage report,
        @Nullable Tick tick) {

    /** What it is. */
    public enum Kind {
        /** Run the request. */
        ASSIGN,
        /** Drop or stop it; the text says why. */
        CANCEL,
        /** Change its place. */
        REPRIORITISE,
        /** Does this release still hold? */
        RECHECK,
        /** The worker has written to its log. */
        REPORT,
        /** The operator wants the instance drained, or, with the flag unset, back. */
        DRAIN,
        /** For the subtask: a tick. */
        TICK
    }

    /** Run the request. */
    public static LaneInput assign(String instanceId, PendingRequest request, int attempt) {
        return new LaneInput(
                instanceId,
                Kind.ASSIGN,
                request,
                request.key(),
                attempt,
                0,
                false,
                null,
                null,
                null,
                null);
    }

    /** Drop or stop an attempt. */
    public static LaneInput cancel(
            String instanceId, RequestKey target, int attempt, String reason) {
        return new LaneInput(
                instanceId, Kind.CANCEL, null, target, attempt, 0, false, reason, null, null, null);
    }

    /** Change a waiting request's place. */
    public static LaneInput reprioritise(
            String instanceId, RequestKey target, int attempt, int priority) {
        return new LaneInput(
                instanceId,
                Kind.REPRIORITISE,
                null,
                target,
                attempt,
                priority,
                false,
                null,
                null,
                null,
                null);
    }

    /** Does this release still hold? */
    public static LaneInput recheck(String instanceId, Release release) {
        return new LaneInput(
                instanceId, Kind.RECHECK, null, null, 0, 0, false, null, release, null, null);
    }

    /** The worker has written to its log. */
    public static LaneInput report(WorkerReportMessage report) {
        return new LaneInput(
                report.origin().instanceId(),
                Kind.REPORT,
                null,
                null,
                0,
                0,
                false,
                null,
                null,
                report,
                null);
    }

    /** The operator wants an instance drained, or back. */
    public static LaneInput drain(String instanceId, boolean draining) {
        return new LaneInput(
                instanceId, Kind.DRAIN, null, null, 0, 0, draining, null, null, null, null);
    }

    /** A tick for one subtask. */
    public static LaneInput tick(String subtaskKey, Tick tick) {
        return new LaneInput(
                subtaskKey, Kind.TICK, null, null, 0, 0, false, null, null, null, tick);
    }
}
