package io.sluice.core.kernel;

import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.ReleaseReason;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.policy.LanePolicies;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.QueuedRequest;
import io.sluice.core.policy.Standing;
import io.sluice.core.prediction.RunForecast;

import java.util.List;
import java.util.function.Consumer;

/**
 * The state machine of one lane: a queue and the instances that drain it. Single-threaded and
 * deterministic: what it does is a function of its state, the input, the time it is given and its
 * settings.
 *
 * <p>Entries live in a {@link PendingStore}, the rest in a {@link LaneState}; everything else is
 * derived and rebuilt from the two when an object of this class is made. Every input may be
 * followed by effects, which go to the consumer in order, and changes {@link #nextWakeupMillis()}.
 *
 * <p>A new object takes stock first: until {@link #startEpoch}, and until no instance owes the
 * answer to a sync, it dispatches nothing and gives up nothing that waits, for lack of time or of
 * machines. What waits here may have been sent after the checkpoint, and may run.
 */
public final class InstanceScheduler {

    private final String laneId;
    private final PendingStore store;
    private final Consumer<LaneEffect> effects;
    private final LaneWatch watch;

    private LaneSettings settings;
    private Lane lane;
    private LaneReports reports;
    private LaneIntake intake;
    private Dispatcher dispatcher;
    private boolean epochStarted;
    private boolean takingStock = true;
    private boolean dispatchesLeft;
    private long lastSettled;

    /**
     * Takes up a lane where its state left it.
     *
     * @param laneId lane; the instance id when the lane has one instance
     * @param settings how it behaves
     * @param state what it remembers, {@link LaneState#EMPTY} for a new lane
     * @param store its entries
     * @param effects receives what it wants done, in order
     */
    public InstanceScheduler(
            String laneId,
            LaneSettings settings,
            LaneState state,
            PendingStore store,
            Consumer<LaneEffect> effects) {
        this.laneId = laneId;
        this.store = store;
        this.effects = effects;
        this.watch = new LaneWatch(settings);
        this.settings = settings;
        this.lane = new Lane(laneId, settings.policies(), state, store, effects);
        this.reports = new LaneReports(lane, settings.leaseMillis());
        this.intake = new LaneIntake(lane, settings);
        this.dispatcher = Dispatcher.of(lane, settings);
    }

    /** What to remember of this lane besides its entries. */
    public LaneState state() {
        return stateBesideOrder().withOrder(orderMemory());
    }

    /**
     * The same without what its order remembers: small, whatever the order, and changed by nearly
     * every event.
     */
    public LaneState stateBesideOrder() {
        return lane.stateBesideOrder();
    }

    /** What its order remembers of the past: it may be large. */
    public OrderMemory orderMemory() {
        return lane.queue().order().memory();
    }

    /**
     * Whether nothing would be lost by forgetting the lane: it has no entries, nothing to say, and
     * no instance that is remembered. Such a lane asks for no wake-up.
     */
    public boolean isForgettable() {
        return lane.isBlank();
    }

    /** Prompt and expected output tokens of the requests that wait. */
    public long queuedTokens() {
        return lane.queue().tokens();
    }

    /** Requests that wait. */
    public int queueLength() {
        return lane.queue().size();
    }

    /** Requests that were sent to workers and have not ended. */
    public int inFlight() {
        return lane.entries().runCount();
    }

    /** Places left over all instances in step, counting the look-ahead; for metrics and tests. */
    public int freeSequences() {
        return lane.links().freeSequences();
    }

    /**
     * KV tokens left over all instances in step, counting the look-ahead; for metrics and tests.
     */
    public long freeTokens() {
        return lane.links().freeTokens();
    }

    /**
     * A job attempt begins, or this object is made again within one. On a new epoch every instance
     * must first say what it holds.
     *
     * @param epoch the job's epoch
     * @param now current time in milliseconds
     */
    public void startEpoch(long epoch, long now) {
        if (lane.voice().begin(epoch)) {
            for (InstanceLink link : lane.links()) {
                if (!link.isDead()) {
                    lane.voice().sync(link, true, now);
                }
            }
        }
        epochStarted = true;
        settle(now);
    }

    /** Why a waiting request stands where it stands, for people. */
    public String describe(PendingRequest request, long now) {
        return settings.policies()
                .describe(Standing.waiting(request, now, lane.entries().service()));
    }

    /** How long a request runs here that starts at a time, as far as can be predicted. */
    public RunForecast forecast(PendingRequest request, long startMillis) {
        return RunForecast.of(startMillis, request, lane.entries().service());
    }

    /**
     * Decides by other policies from now on. What waits is put into their order, whose memory is
     * that of the order before, as far as it knows what that remembered; nobody who waits is
     * refused any more, and what runs goes on. Costs what a restore does: O(n log n) for n entries.
     *
     * @param now current time in milliseconds
     * @throws IllegalStateException before the epoch is known: what waits to be said would be lost
     */
    public void choose(LanePolicies policies, long now) {
        if (!epochStarted) {
            throw new IllegalStateException("lane %s does not know its epoch".formatted(laneId));
        }
        Lane before = lane;
        LaneState state = state();
        settings = settings.with(policies);
        lane = new Lane(laneId, policies, state, store, effects);
        lane.voice().begin(before.voice().epoch());
        lane.releases().recallForeign(before.releases());
        reports = new LaneReports(lane, settings.leaseMillis());
        reports.recallProgress(before);
        intake = new LaneIntake(lane, settings);
        dispatcher = Dispatcher.of(lane, settings);
        settle(now);
    }

    /**
     * Takes a request in, or releases it at once with the reason. An attempt that is here already,
     * waiting or adopted, stays as it is; an earlier one makes way, since the router has given it
     * up. One that was adopted and let go of before the router knew is let go of again.
     *
     * @param request the request
     * @param attempt its attempt, from the router
     * @param now current time in milliseconds
     */
    public void assign(PendingRequest request, int attempt, long now) {
        intake.take(request, attempt, now);
        settle(now);
    }

    /** Takes in requests that have come together, and only then decides. */
    public void assign(List<Assignment> together, long now) {
        for (Assignment assignment : together) {
            intake.take(assignment.request(), assignment.attempt(), now);
        }
        settle(now);
    }

    /**
     * Drops a waiting request, or tells its worker to stop.
     *
     * @param reason goes to the worker and into the outcome
     */
    public void cancel(RequestKey key, int attempt, String reason, long now) {
        LaneEntry entry = lane.entries().owned(key, attempt);
        if (entry == null) {
            return;
        }
        if (entry.run() == null) {
            lane.releases().release(entry, ReleaseReason.CANCELLED, reason);
        } else {
            lane.stop(entry, entry.run(), reason, now);
        }
        settle(now);
    }

    /**
     * Puts a waiting request where it belongs now; one that runs is left alone.
     *
     * @param priority its priority from now on
     * @param criticalPathMillis predicted milliseconds of what waits for it from now on
     */
    public void revalue(
            RequestKey key, int attempt, int priority, long criticalPathMillis, long now) {
        LaneEntry entry = lane.entries().owned(key, attempt);
        if (entry != null && entry.isWaiting() && entry.request() != null) {
            PendingRequest request =
                    entry.request().withPriority(priority).withCriticalPath(criticalPathMillis);
            lane.entries().requeue(entry, request);
        }
        settle(now);
    }

    /**
     * A release of an earlier epoch has come back. It was decided after the checkpoint, or before
     * it: the lane knows, because then it still owns the request, or no longer does. If it owns
     * another attempt, the release of that will tell.
     */
    public void recheck(Release release, long now) {
        if (lane.entries().find(release.key()) == null) {
            lane.voice().announce(release, null);
        }
        settle(now);
    }

    /** Takes in a record of a worker's log. */
    public void report(WorkerReport report, long now) {
        report(List.of(report), now);
    }

    /** Takes in records of a worker's log that tell of one moment, and only then decides. */
    public void report(List<WorkerReport> together, long now) {
        for (WorkerReport report : together) {
            reports.read(report, now);
        }
        settle(now);
    }

    /**
     * Passes the operator's wish to drain on to the worker, whose log then says from where on it
     * holds.
     */
    public void drain(String instanceId, boolean draining, long now) {
        InstanceLink link = lane.links().get(instanceId);
        if (link == null || link.isDead()) {
            lane.voice().nobodyToDrain(instanceId, draining);
        } else {
            lane.voice().drain(link, draining, now);
        }
        settle(now);
    }

    /**
     * The time that {@link #nextWakeupMillis()} asked for has come, or may have.
     *
     * @param log how far the workers' log has been read
     */
    public void wakeup(LogClock log, long now) {
        watch.checkLeases(lane, reports, log, now);
        settle(now);
    }

    /**
     * When to call {@link #wakeup}, rounded up to a tick; {@link PendingRequest#NEVER} if never.
     */
    public long nextWakeupMillis() {
        long next = Math.min(lane.queue().nextChangeMillis(), dispatcher.nextMillis());
        next = Math.min(next, watch.nextMillis());
        QueuedRequest expiring = lane.queue().nextToExpire();
        if (expiring != null && !takingStock) {
            next = Math.min(next, expiring.expiresAtMillis());
        }
        if (dispatchesLeft) {
            next = Math.min(next, lastSettled + settings.tickMillis());
        }
        return settings.roundUp(next);
    }

    /**
     * Brings the lane to rest after an input: expiry before dispatch, so that a restored lane
     * starts nothing that is too late.
     */
    private void settle(long now) {
        lastSettled = now;
        dispatchesLeft = false;
        takingStock = takingStock && !isStockTaken();
        lane.entries().passTo(now);
        if (!takingStock) {
            lane.releases().expire(now);
            lane.capacity().handBackIfInterrupted();
            dispatchesLeft = dispatcher.dispatch(now);
        }
        watch.look(lane, now);
    }

    private boolean isStockTaken() {
        return epochStarted && !lane.links().awaitSync();
    }
}
