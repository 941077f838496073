package io.sluice.core.kernel;

import io.sluice.core.kernel.RouteRecord.GateHold;
import io.sluice.core.kernel.RouteRecord.Phase;
import io.sluice.core.kernel.RouterEffect.Dropped.Cause;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Progress;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RunId;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetInstance;
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
    private final OutstandingWork work;
    private final Placement placement;
    private final Closing closing;
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
        this.work = work;
        this.placement = new Placement(fleet, policy, work, settings.fleetSettleMillis());
        this.closing = new Closing(settings.dedupWindowMillis(), effects);
        this.effects = effects;
    }

    /** Counts a restored record's work again. */
    public void recount(RouteRecord record) {
        if (record.phase() == Phase.ASSIGNED && record.instanceId() != null) {
            work.add(record.instanceId(), record.work());
        }
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
            return place(RouteRecord.read(request).keptBack(hold), request, now);
        }
        if (record.ending() != null) {
            return closing.closeRead(record, record.ending(), request, now);
        }
        if (record.phase() != Phase.AWAITED) {
            return drop(record, Cause.DUPLICATE_REQUEST);
        }
        RouteRecord known = record.with(request);
        if (record.instanceId() != null) {
            double share = placement.predict(record.instanceId(), request);
            work.add(record.instanceId(), share);
            return known.assigned(
                    record.instanceId(), record.attempt(), share, record.assignedEpoch());
        }
        return place(known.keptBack(hold), request, now);
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
        return place(record.with(request).keptBack(null), request, now);
    }

    /** The gate says that a request that it had kept waiting cannot run. */
    public @Nullable RouteRecord refuse(@Nullable RouteRecord record, Verdict verdict, long now) {
        if (record == null || record.request() == null || record.gateHold() == null) {
            return record;
        }
        return place(record.keptBack(new GateHold(verdict)), record.request(), now);
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
            cancelAt(record.instanceId(), key, record.attempt(), reason);
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
        if (record.instanceId() != null) {
            effects.accept(
                    new RouterEffect.ReprioritiseAt(
                            record.instanceId(), key, record.attempt(), priority));
        }
        return record.with(record.request().withPriority(priority));
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
        boolean rolledBack = fleet.isRolledBack(release.epoch());
        RouteRecord known = record;
        if (!rolledBack && (record == null || record.isBefore(release))) {
            RunId run = new RunId(release.key(), release.attempt(), release.epoch());
            known = adopt(record, run, release.fromInstance(), now);
        }
        boolean ofLaterRun = rolledBack && known != null && known.mayBeSucceededBy(release);
        if (known == null || !(ofLaterRun || known.isAssignedAs(release))) {
            effects.accept(new RouterEffect.Dropped(release.key(), Cause.STALE_RELEASE));
            return known;
        }
        if (rolledBack) {
            effects.accept(new RouterEffect.RecheckAt(release.fromInstance(), release));
            return known;
        }
        work.remove(release.fromInstance(), known.work());
        return afterRelease(known, release, now);
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
                ? takeUp(free, request.withProgress(release.progress()), release, now)
                : startAfresh(free, request, now);
    }

    /** What is interrupted goes on where it was; elsewhere it would have to start afresh. */
    private RouteRecord takeUp(
            RouteRecord record, PendingRequest request, Release release, long now) {
        FleetInstance same = placement.ifItTakes(release.fromInstance(), request);
        return same == null
                ? startAfresh(record, request, now)
                : assign(
                        record.with(request),
                        request,
                        new Placement.Answer.To(same, null, "its run was interrupted there"));
    }

    private RouteRecord startAfresh(RouteRecord record, PendingRequest request, long now) {
        PendingRequest fresh = request.withProgress(Progress.NONE);
        return place(record.with(fresh), fresh, now);
    }

    /**
     * A run has reached its last token. The first such report closes the request, whichever attempt
     * it names, and even if the request itself has not been read again since a restore.
     */
    public @Nullable RouteRecord completed(
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
        String instance = record.instanceId();
        if (instance != null) {
            work.remove(instance, record.work());
            boolean same =
                    instance.equals(report.origin().instanceId())
                            && record.attempt() == run.attempt();
            if (!same) {
                cancelAt(instance, run.key(), record.attempt(), "another attempt has completed");
            }
        }
        return closing.complete(record, report, now);
    }

    /**
     * A worker says, in answer to a sync, that it holds a run of this request. It stays where it
     * is; anything else that is out for the request is cancelled. An attempt that is known to be
     * over is not believed: its lane's release has overtaken this, and no other would come.
     */
    public RouteRecord adopt(@Nullable RouteRecord record, RunId run, String instanceId, long now) {
        RouteRecord known =
                record == null
                        ? RouteRecord.awaited(run.key(), now + settings.dedupWindowMillis())
                        : record;
        boolean over = known.attempt() == run.attempt() && known.instanceId() == null;
        if (over || known.isOver() || known.attempt() > run.attempt()) {
            cancelAt(instanceId, run.key(), run.attempt(), "the request has gone on without it");
            return known;
        }
        boolean same = instanceId.equals(known.instanceId()) && known.attempt() == run.attempt();
        return same ? known : moveTo(known, run, instanceId);
    }

    private RouteRecord moveTo(RouteRecord record, RunId run, String instanceId) {
        if (record.instanceId() != null) {
            work.remove(record.instanceId(), record.work());
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
        double share = placement.predict(instanceId, request);
        work.add(instanceId, share);
        return record.assigned(instanceId, run.attempt(), share, run.commandEpoch());
    }

    /** The time that the record asked for has come. */
    public @Nullable RouteRecord wakeup(RouteRecord record, long now) {
        if (now < record.wakeupMillis()) {
            return record;
        }
        PendingRequest request = record.request();
        if (record.phase() == Phase.HELD && request != null) {
            return place(record, request, now);
        }
        if (record.ending() != null) {
            return closing.closeUnread(record, record.ending(), now);
        }
        return record.phase() == Phase.ASSIGNED ? record : null;
    }

    /**
     * Finds out what can become of a request now. What depends on the moment - that its time is up,
     * or what the gate made of what it had read by then - is not decided before the fleet is open:
     * until then the request may run, assigned after the checkpoint.
     */
    private RouteRecord place(RouteRecord record, PendingRequest request, long now) {
        GateHold hold = record.gateHold();
        Verdict verdict = hold == null ? null : hold.verdict();
        if (verdict != null && (fleet.isOpen() || !verdict.ofTheMoment())) {
            return closing.close(record, Ending.refused(verdict), now);
        }
        if (record.cancelReason() != null) {
            return closing.close(record, Ending.cancelledWaiting(record.cancelReason()), now);
        }
        if (fleet.isOpen() && request.expiresAtMillis() <= now) {
            return closing.close(record, Ending.outOfTime(record, request, now), now);
        }
        if (hold != null) {
            long expiry = request.expiresAtMillis();
            return record.held(0, fleet.isOpen() ? expiry : settings.lookAgainAt(request, 0, now));
        }
        Placement.Answer answer = placement.find(request, record.avoid(), now);
        if (answer instanceof Placement.Answer.To to) {
            return assign(record, request, to);
        }
        if (answer instanceof Placement.Answer.Never never) {
            return closing.close(record, Ending.refused(never.verdict()), now);
        }
        return hold(record, request, (Placement.Answer.NotYet) answer, now);
    }

    private RouteRecord assign(RouteRecord record, PendingRequest request, Placement.Answer.To to) {
        FleetInstance instance = to.instance();
        int attempt = record.attempt() + 1;
        double share = OutstandingWork.predict(instance, request);
        work.add(instance.instanceId(), share);
        effects.accept(
                new RouterEffect.Assign(
                        instance.instanceId(), request, attempt, to.policy(), to.reason()));
        return record.assigned(instance.instanceId(), attempt, share, fleet.epoch());
    }

    private RouteRecord hold(
            RouteRecord record, PendingRequest request, Placement.Answer.NotYet why, long now) {
        long since = record.heldSinceMillis();
        if (why.starved() && since == 0) {
            since = now;
        }
        if (why.starved() && now - since >= settings.noEndpointMillis()) {
            String message = "waited %d ms: %s".formatted(now - since, why.why());
            return closing.close(
                    record, Ending.waited(Outcome.REJECTED_NO_ENDPOINTS, message), now);
        }
        return record.held(since, settings.lookAgainAt(request, since, now));
    }

    private void cancelAt(String instanceId, RequestKey key, int attempt, String reason) {
        effects.accept(new RouterEffect.CancelAt(instanceId, key, attempt, reason));
    }

    private RouteRecord drop(RouteRecord record, Cause cause) {
        effects.accept(new RouterEffect.Dropped(record.key(), cause));
        return record;
    }
}
