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
 *     through
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
        return new RouteInput(
                request.key().scoped(),
                Kind.SUBMIT,
                request,
                verdict,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** A request was read that is to wait for the gate. */
    public static RouteInput submitWaiting(PendingRequest request) {
        return new RouteInput(
                request.key().scoped(),
                Kind.SUBMIT_WAITING,
                request,
                null,
                null,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** The gate lets a request through. */
    public static RouteInput letThrough(RequestKey target, long criticalPathMillis) {
        return new RouteInput(
                target.scoped(),
                Kind.LET_THROUGH,
                null,
                null,
                target,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                criticalPathMillis);
    }

    /** The gate says that a request cannot run. */
    public static RouteInput refuse(RequestKey target, Verdict verdict) {
        return new RouteInput(
                target.scoped(),
                Kind.REFUSE,
                null,
                verdict,
                target,
                null,
                0,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** A request is to be cancelled. */
    public static RouteInput cancel(RequestKey target, String reason) {
        return new RouteInput(
                target.scoped(),
                Kind.CANCEL,
                null,
                null,
                target,
                reason,
                0,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** A request is to have another priority. */
    public static RouteInput reprioritise(RequestKey target, int priority) {
        return new RouteInput(
                target.scoped(),
                Kind.REPRIORITISE,
                null,
                null,
                target,
                null,
                priority,
                null,
                null,
                null,
                null,
                null,
                0);
    }

    /** A lane has let go of a request. */
    public static RouteInput released(Release release) {
        return new RouteInput(
                release.key().scoped(),
                Kind.RELEASE,
                null,
                null,
                release.key(),
                null,
                0,
                release,
                null,
                null,
                null,
                null,
                0);
    }

    /** A run is complete. */
    public static RouteInput completed(WorkerReportMessage report, LogPosition position) {
        RequestKey target = report.toCompleted().run().key();
        return new RouteInput(
                target.scoped(),
                Kind.COMPLETED,
                null,
                null,
                target,
                null,
                0,
                null,
                report,
                null,
                null,
                position,
                0);
    }

    /** A worker holds a run. */
    public static RouteInput adopt(RunId run, String instanceId) {
        return new RouteInput(
                run.key().scoped(),
                Kind.ADOPT,
                null,
                null,
                run.key(),
                instanceId,
                0,
                null,
                null,
                run,
                null,
                null,
                0);
    }

    /** An instance shows itself to one subtask. */
    public static RouteInput fleet(String subtaskKey, WorkerReportMessage report) {
        return new RouteInput(
                subtaskKey,
                Kind.FLEET,
                null,
                null,
                null,
                null,
                0,
                null,
                report,
                null,
                null,
                null,
                0);
    }

    /** A tick for one subtask. */
    public static RouteInput tick(String subtaskKey, Tick tick) {
        return new RouteInput(
                subtaskKey, Kind.TICK, null, null, null, null, 0, null, null, null, tick, null, 0);
    }
}
