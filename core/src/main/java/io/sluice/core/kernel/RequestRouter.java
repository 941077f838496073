package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.GateHold;
import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.kernel.RouterEffect.Dropped.Cause;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingPolicy;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;

/**
 * The state machine of a request's life, and its only owner: it drops repeats, chooses instances,
 * counts attempts, and closes each request exactly once.
 *
 * <p>It keeps no request itself. Each method takes the record of one request, null if there is
 * none, and returns the record to keep in its place, null to forget it. A record says when it wants
 * {@link #wakeup} to be called.
 */
public final class RequestRouter {

    private final RouterSettings settings;
    private final FleetView fleet;
    private final Placement placement;
    private final Closing closing;
    private final Assigning assigning;
    private final RunReports runs;
    private final Consumer<RouterEffect> effects;

    /**
     * Creates a router over a view of the fleet that its owner keeps up to date.
     *
     * @param settings how it behaves
     * @param fleet what it knows of instances
     * @param policy how it chooses among them
     * @param work what it has assigned; see {@link #recount}
     * @param effects receives what it wants done, in order
     */
    public RequestRouter(
            RouterSettings settings,
            FleetView fleet,
            RoutingPolicy policy,
            OutstandingWork work,
            Consumer<RouterEffect> effects) {
        this.settings = settings;
        this.fleet = fleet;
        this.placement = new Placement(fleet, policy, work, settings);
        this.closing = new Closing(settings.dedupWindowMillis(), effects);
        this.assigning = new Assigning(settings, fleet, placement, closing, effects);
        this.runs = new RunReports(settings, placement, assigning, closing, effects);
        this.effects = effects;
    }

    /** Counts a restored record's work again. */
    public void recount(RouteRecord record) {
        placement.recount(record);
    }

    /**
     * A request was read.
     *
     * @param verdict what the stages before think of it, or null if nothing is wrong
     */
    public @Nullable RouteRecord submit(
            @Nullable RouteRecord record,
            PendingRequest request,
            @Nullable Verdict verdict,
            long now) {
        return take(record, request, verdict == null ? null : new GateHold(verdict), now);
    }

    /** A request was read that is not to run before the gate lets it through. */
    public @Nullable RouteRecord submitWaiting(
            @Nullable RouteRecord record, PendingRequest request, long now) {
        return take(record, request, GateHold.WAITING, now);
    }

    private RouteRecord take(
            @Nullable RouteRecord record,
            PendingRequest request,
            @Nullable GateHold hold,
            long now) {
        if (record == null) {
            return assigning.place(RouteRecord.read(request).keptBack(hold), request, now);
        }
        if (record.ending() != null) {
            return closing.closeRead(record, record.ending(), request, now);
        }
        if (record.phase() != Phase.AWAITED) {
            return drop(record, Cause.DUPLICATE_REQUEST);
        }
        RouteRecord known = record.with(request);
        if (record.instanceId() != null) {
            double share = placement.count(record.instanceId(), request);
            return known.assigned(
                    record.instanceId(), record.attempt(), share, record.assignedEpoch());
        }
        return assigning.place(known.keptBack(hold), request, now);
    }

    /**
     * The gate lets a request through that it had kept waiting, if that has not run or ended yet.
     *
     * @param criticalPathMillis predicted milliseconds of the longest chain that waits for it
     */
    public @Nullable RouteRecord letThrough(
            @Nullable RouteRecord record, long criticalPathMillis, long now) {
        if (record == null || record.request() == null || record.gateHold() == null) {
            return record;
        }
        PendingRequest request = record.request().withCriticalPath(criticalPathMillis);
        return assigning.place(record.with(request).keptBack(null), request, now);
    }

    /** The gate says that a request that it had kept waiting cannot run. */
    public @Nullable RouteRecord refuse(@Nullable RouteRecord record, Verdict verdict, long now) {
        if (record == null || record.request() == null || record.gateHold() == null) {
            return record;
        }
        return assigning.place(record.keptBack(new GateHold(verdict)), record.request(), now);
    }

    /** Someone wants the request cancelled. A cancel may come before its request. */
    public RouteRecord cancel(
            @Nullable RouteRecord record, RequestKey key, String reason, long now) {
        if (record == null) {
            return RouteRecord.awaited(key, now + settings.dedupWindowMillis()).cancelling(reason);
        }
        if (record.isOver()) {
            return drop(record, Cause.ALREADY_CLOSED);
        }
        RouteRecord cancelling = record.cancelling(reason);
        if (record.instanceId() != null) {
            effects.accept(
                    new RouterEffect.CancelAt(record.instanceId(), key, record.attempt(), reason));
            return cancelling;
        }
        return record.phase() == Phase.HELD
                ? closing.close(cancelling, Ending.cancelledWaiting(reason), now)
                : cancelling;
    }

    /** Someone wants the request to have another priority. */
    public @Nullable RouteRecord reprioritise(
            @Nullable RouteRecord record, RequestKey key, int priority) {
        if (record == null || record.request() == null) {
            effects.accept(new RouterEffect.Dropped(key, Cause.UNKNOWN_TARGET));
            return record;
        }
        return revalue(record, record.request().withPriority(priority));
    }

    /**
     * The gate says that other requests than before wait for one that it has let through. Later
     * attempts go by that too, though what runs does not. Of one that has ended meanwhile the gate
     * has yet to hear.
     *
     * @param criticalPathMillis predicted milliseconds of the longest chain that waits for it
     */
    public @Nullable RouteRecord pathChanged(
            @Nullable RouteRecord record, long criticalPathMillis) {
        return record == null || record.request() == null
                ? record
                : revalue(record, record.request().withCriticalPath(criticalPathMillis));
    }

    private RouteRecord revalue(RouteRecord record, PendingRequest request) {
        if (record.instanceId() != null) {
            effects.accept(
                    new RouterEffect.RevalueAt(
                            record.instanceId(),
                            record.key(),
                            record.attempt(),
                            request.priority(),
                            request.criticalPathMillis()));
        }
        return record.with(request);
    }

    /**
     * A lane has let go of the request. Only the latest assignment counts, and only as this job
     * attempt's lane saw it. An attempt that is not known yet is one that the lane has adopted: the
     * release has overtaken the news of that, or outlived it if that was taken back with the rest
     * of an earlier job attempt, and the lane says whether it still holds. Which attempt of the job
     * this is must be known first.
     */
    public @Nullable RouteRecord released(@Nullable RouteRecord record, Release release, long now) {
        if (!fleet.knowsEpoch()) {
            effects.accept(new RouterEffect.Postponed(release));
            return record;
        }
        if (fleet.isRolledBack(release.epoch())) {
            Release asked = record == null ? null : record.toRecheck(release);
            effects.accept(
                    asked == null
                            ? new RouterEffect.Dropped(release.key(), Cause.STALE_RELEASE)
                            : new RouterEffect.RecheckAt(asked.fromInstance(), asked));
            return record;
        }
        return runs.released(record, release, now);
    }

    /**
     * A run has reached its last token. The first such report closes the request, whichever attempt
     * it names, and even if the request itself has not been read again since a restore.
     */
    public @Nullable RouteRecord completed(
            @Nullable RouteRecord record, WorkerReport.Completed report, long now) {
        return runs.completed(record, report, now);
    }

    /**
     * A worker says, in answer to a sync, that it holds a run of this request. It stays where it
     * is; anything else that is out for the request is cancelled. An attempt that is known to be
     * over is not believed: its lane's release has overtaken this, and no other would come.
     */
    public RouteRecord adopt(@Nullable RouteRecord record, RunId run, String instanceId, long now) {
        return runs.adopt(record, run, instanceId, now);
    }

    /** The time that the record asked for has come. */
    public @Nullable RouteRecord wakeup(RouteRecord record, long now) {
        if (now < record.wakeupMillis()) {
            return record;
        }
        PendingRequest request = record.request();
        if (record.phase() == Phase.HELD && request != null) {
            return assigning.place(record, request, now);
        }
        if (record.ending() != null) {
            return closing.closeUnread(record, record.ending(), now);
        }
        return record.phase() == Phase.ASSIGNED ? record : null;
    }

    private RouteRecord drop(RouteRecord record, Cause cause) {
        effects.accept(new RouterEffect.Dropped(record.key(), cause));
        return record;
    }
}
