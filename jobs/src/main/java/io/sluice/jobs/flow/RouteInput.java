package io.sluice.jobs.flow;

import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.jobs.state.LogPosition;

import org.jspecify.annotations.Nullable;

/**
 * What reaches the router, on one keyed edge, so that nothing overtakes. Fields that a kind does
 * not have are null or zero.
 *
 * @param position where a completion lies in the workers' log
 * @param criticalPathMillis predicted milliseconds of what waits for a request that the gate lets
 *     through, or has let through
 * @param key scoped request key, or a subtask's synthetic key for what concerns the whole subtask
 */
public record RouteInput(
        String key,
        Kind kind,
        @Nullable PendingRequest request,
        @Nullable Verdict verdict,
        @Nullable RequestKey target,
        @Nullable String text,
        int priority,
        @Nullable Release release,
        @Nullable WorkerReportMessage report,
        @Nullable RunId run,
        @Nullable Tick tick,
        @Nullable LogPosition position,
        long criticalPathMillis) {

    /** What it is. */
    public enum Kind {
        /** A request was read; the verdict is null if it is sound. */
        SUBMIT,
        /** A request was read that is to wait until the gate lets it through. */
        SUBMIT_WAITING,
        /** The gate lets a request through. */
        LET_THROUGH,
        /** The gate says that a request that waits cannot run; the verdict says why. */
        REFUSE,
        /** Other requests wait for one that the gate has let through. */
        PATH_CHANGED,
        /** A request is to be cancelled; the text says why. */
        CANCEL,
        /** A request is to have another priority. */
        REPRIORITISE,
        /** A lane has let go of a request. */
        RELEASE,
        /** A run is complete. */
        COMPLETED,
        /** A worker holds the run; the text is the instance. */
        ADOPT,
        /** For the subtask: an instance shows itself. */
        FLEET,
        /** For the subtask: a tick. */
        TICK
    }

    /** A request was read. */
    public static RouteInput submit(PendingRequest request, @Nullable Verdict verdict) {
        Draft draft = new Draft(request.key().scoped(), Kind.SUBMIT);
        draft.request = request;
        draft.verdict = verdict;
        return draft.finished();
    }

    /** A request was read that is to wait for the gate. */
    public static RouteInput submitWaiting(PendingRequest request) {
        Draft draft = new Draft(request.key().scoped(), Kind.SUBMIT_WAITING);
        draft.request = request;
        return draft.finished();
    }

    /** The gate lets a request through. */
    public static RouteInput letThrough(RequestKey target, long criticalPathMillis) {
        Draft draft = new Draft(target, Kind.LET_THROUGH);
        draft.criticalPathMillis = criticalPathMillis;
        return draft.finished();
    }

    /** The gate says that a request cannot run. */
    public static RouteInput refuse(RequestKey target, Verdict verdict) {
        Draft draft = new Draft(target, Kind.REFUSE);
        draft.verdict = verdict;
        return draft.finished();
    }

    /** Other requests wait for one that the gate has let through. */
    public static RouteInput pathChanged(RequestKey target, long criticalPathMillis) {
        Draft draft = new Draft(target, Kind.PATH_CHANGED);
        draft.criticalPathMillis = criticalPathMillis;
        return draft.finished();
    }

    /** A request is to be cancelled. */
    public static RouteInput cancel(RequestKey target, String reason) {
        Draft draft = new Draft(target, Kind.CANCEL);
        draft.text = reason;
        return draft.finished();
    }

    /** A request is to have another priority. */
    public static RouteInput reprioritise(RequestKey target, int priority) {
        Draft draft = new Draft(target, Kind.REPRIORITISE);
        draft.priority = priority;
        return draft.finished();
    }

    /** A lane has let go of a request. */
    public static RouteInput released(Release release) {
        Draft draft = new Draft(release.key(), Kind.RELEASE);
        draft.release = release;
        return draft.finished();
    }

    /** A run is complete. */
    public static RouteInput completed(WorkerReportMessage report, LogPosition position) {
        Draft draft = new Draft(report.toCompleted().run().key(), Kind.COMPLETED);
        draft.report = report;
        draft.position = position;
        return draft.finished();
    }

    /** A worker holds a run. */
    public static RouteInput adopt(RunId run, String instanceId) {
        Draft draft = new Draft(run.key(), Kind.ADOPT);
        draft.run = run;
        draft.text = instanceId;
        return draft.finished();
    }

    /** An instance shows itself to one subtask. */
    public static RouteInput fleet(String subtaskKey, WorkerReportMessage report) {
        Draft draft = new Draft(subtaskKey, Kind.FLEET);
        draft.report = report;
        return draft.finished();
    }

    /** A tick for one subtask. */
    public static RouteInput tick(String subtaskKey, Tick tick) {
        Draft draft = new Draft(subtaskKey, Kind.TICK);
        draft.tick = tick;
        return draft.finished();
    }

    /** An input of which only the fields of its kind are filled in. */
    private static final class Draft {

        private final String key;
        private final Kind kind;
        private @Nullable RequestKey target;
        private @Nullable PendingRequest request;
        private @Nullable Verdict verdict;
        private @Nullable String text;
        private int priority;
        private @Nullable Release release;
        private @Nullable WorkerReportMessage report;
        private @Nullable RunId run;
        private @Nullable Tick tick;
        private @Nullable LogPosition position;
        private long criticalPathMillis;

        Draft(String key, Kind kind) {
            this.key = key;
            this.kind = kind;
        }

        Draft(RequestKey target, Kind kind) {
            this(target.scoped(), kind);
            this.target = target;
        }

        RouteInput finished() {
            return new RouteInput(
                    key,
                    kind,
                    request,
                    verdict,
                    target,
                    text,
                    priority,
                    release,
                    report,
                    run,
                    tick,
                    position,
                    criticalPathMillis);
        }
    }
}
