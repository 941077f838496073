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
        long criticalPathMillis,
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
        /** Put it where its priority and what waits for it say. */
        REVALUE,
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
        Draft draft = new Draft(instanceId, Kind.ASSIGN).of(request.key(), attempt);
        draft.request = request;
        return draft.finished();
    }

    /** Drop or stop an attempt. */
    public static LaneInput cancel(
            String instanceId, RequestKey target, int attempt, String reason) {
        Draft draft = new Draft(instanceId, Kind.CANCEL).of(target, attempt);
        draft.text = reason;
        return draft.finished();
    }

    /** Put a waiting request where it belongs now. */
    public static LaneInput revalue(
            String instanceId,
            RequestKey target,
            int attempt,
            int priority,
            long criticalPathMillis) {
        Draft draft = new Draft(instanceId, Kind.REVALUE).of(target, attempt);
        draft.priority = priority;
        draft.criticalPathMillis = criticalPathMillis;
        return draft.finished();
    }

    /** Does this release still hold? */
    public static LaneInput recheck(String instanceId, Release release) {
        Draft draft = new Draft(instanceId, Kind.RECHECK);
        draft.release = release;
        return draft.finished();
    }

    /** The worker has written to its log. */
    public static LaneInput report(WorkerReportMessage report) {
        Draft draft = new Draft(report.origin().instanceId(), Kind.REPORT);
        draft.report = report;
        return draft.finished();
    }

    /** The operator wants an instance drained, or back. */
    public static LaneInput drain(String instanceId, boolean draining) {
        Draft draft = new Draft(instanceId, Kind.DRAIN);
        draft.flag = draining;
        return draft.finished();
    }

    /** A tick for one subtask. */
    public static LaneInput tick(String subtaskKey, Tick tick) {
        Draft draft = new Draft(subtaskKey, Kind.TICK);
        draft.tick = tick;
        return draft.finished();
    }

    /** An input of which only the fields of its kind are filled in. */
    private static final class Draft {

        private final String key;
        private final Kind kind;
        private @Nullable PendingRequest request;
        private @Nullable RequestKey target;
        private int attempt;
        private int priority;
        private long criticalPathMillis;
        private boolean flag;
        private @Nullable String text;
        private @Nullable Release release;
        private @Nullable WorkerReportMessage report;
        private @Nullable Tick tick;

        Draft(String key, Kind kind) {
            this.key = key;
            this.kind = kind;
        }

        Draft of(RequestKey newTarget, int newAttempt) {
            target = newTarget;
            attempt = newAttempt;
            return this;
        }

        LaneInput finished() {
            return new LaneInput(
                    key,
                    kind,
                    request,
                    target,
                    attempt,
                    priority,
                    criticalPathMillis,
                    flag,
                    text,
                    release,
                    report,
                    tick);
        }
    }
}
