package io.sluice.core.kernel;

import io.sluice.core.kernel.RouterEffect.Dropped.Cause;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/** What becomes of a request by what lanes and workers say of its runs. */
final class RunReports {

    private final RouterSettings settings;
    private final Placement placement;
    private final Assigning assigning;
    private final Closing closing;
    private final Consumer<RouterEffect> effects;

    RunReports(
            RouterSettings settings,
            Placement placement,
            Assigning assigning,
            Closing closing,
            Consumer<RouterEffect> effects) {
        this.settings = settings;
        this.placement = placement;
        this.assigning = assigning;
        this.closing = closing;
        this.effects = effects;
    }

    /** A lane of this job attempt has let go of the request. */
    RouteRecord released(@Nullable RouteRecord record, Release release, long now) {
        if (record != null
                && record.hasLeftBehind(release.fromInstance(), release.commandEpoch())) {
            return drop(record, Cause.STALE_RELEASE);
        }
        RouteRecord known = record;
        if (known == null || known.isBefore(release)) {
            RunId run = new RunId(release.key(), release.attempt(), release.epoch());
            known = adopt(record, run, release.fromInstance(), now);
        }
        if (!known.isAssignedAs(release)) {
            return drop(known, Cause.STALE_RELEASE);
        }
        placement.discount(known);
        return afterRelease(keeping(release.progress(), known), release, now);
    }

    /** What an earlier interruption left is gone, or has been added to. */
    private static RouteRecord keeping(Progress progress, RouteRecord record) {
        PendingRequest request = record.request();
        return request == null ? record : record.with(request.withProgress(progress));
    }

    private RouteRecord afterRelease(RouteRecord record, Release release, long now) {
        ReleaseReason reason = release.reason();
        if (reason.outcome() != null) {
            return closing.close(record, Ending.released(reason.outcome(), release), now);
        }
        if (record.cancelReason() != null) {
            return closing.close(record, Ending.cancelled(record.cancelReason(), reason), now);
        }
        boolean counts = reason.kind() == ReleaseReason.Kind.RETRY;
        RouteRecord free = record.failedAt(release.fromInstance(), counts);
        boolean exhausted = free.failures() >= settings.maxAttempts();
        if (counts && (exhausted || !release.retriable())) {
            return closing.close(free, Ending.failed(free, release), now);
        }
        PendingRequest request = free.request();
        if (request == null) {
            return free.held(0, now + settings.dedupWindowMillis());
        }
        return reason == ReleaseReason.PREEMPTED
                ? assigning.takeUp(free, request, now)
                : assigning.startAfresh(free, request, now);
    }

    /** A run has reached its last token; null if there is nothing to keep of that. */
    @Nullable RouteRecord completed(
            @Nullable RouteRecord record, WorkerReport.Completed report, long now) {
        RunId run = report.run();
        if (record == null) {
            if (now - report.origin().logMillis() > settings.dedupWindowMillis()) {
                effects.accept(new RouterEffect.TooLate(report));
                return null;
            }
            return closing.complete(RouteRecord.awaited(run.key(), 0), report, now);
        }
        if (record.isOver()) {
            return drop(record, Cause.ALREADY_CLOSED);
        }
        placement.discount(record);
        String instance = record.instanceId();
        if (instance != null) {
            boolean same =
                    instance.equals(report.origin().instanceId())
                            && record.attempt() == run.attempt();
            if (!same) {
                cancelAt(instance, run.key(), record.attempt(), "another attempt has completed");
            }
        }
        return closing.complete(record, report, now);
    }

    /** A worker holds a run. */
    RouteRecord adopt(@Nullable RouteRecord record, RunId run, String instanceId, long now) {
        RouteRecord known =
                record == null
                        ? RouteRecord.awaited(run.key(), now + settings.dedupWindowMillis())
                        : record;
        boolean over = known.attempt() == run.attempt() && known.instanceId() == null;
        if (over
                || known.isOver()
                || known.attempt() > run.attempt()
                || known.hasLeftBehind(instanceId, run.commandEpoch())) {
            cancelAt(instanceId, run.key(), run.attempt(), "the request has gone on without it");
            return known;
        }
        boolean same = instanceId.equals(known.instanceId()) && known.attempt() == run.attempt();
        return same ? known : moveTo(known, run, instanceId);
    }

    private RouteRecord moveTo(RouteRecord record, RunId run, String instanceId) {
        if (record.instanceId() != null) {
            placement.discount(record);
            cancelAt(
                    record.instanceId(),
                    run.key(),
                    record.attempt(),
                    "it already runs on " + instanceId);
        }
        if (record.cancelReason() != null) {
            cancelAt(instanceId, run.key(), run.attempt(), record.cancelReason());
        }
        PendingRequest request = record.request();
        if (request == null) {
            return record.foundAt(
                    instanceId, run.attempt(), record.wakeupMillis(), run.commandEpoch());
        }
        double share = placement.count(instanceId, request);
        return record.assigned(instanceId, run.attempt(), share, run.commandEpoch());
    }

    private void cancelAt(String instanceId, RequestKey key, int attempt, String reason) {
        effects.accept(new RouterEffect.CancelAt(instanceId, key, attempt, reason));
    }

    private RouteRecord drop(RouteRecord record, Cause cause) {
        effects.accept(new RouterEffect.Dropped(record.key(), cause));
        return record;
    }
}
