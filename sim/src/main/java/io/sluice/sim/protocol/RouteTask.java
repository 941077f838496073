package io.sluice.sim.protocol;

import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.RequestRouter;
import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetInstance;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingCatalog;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A subtask of the router: its share of the requests, and its own view of the fleet. */
final class RouteTask extends Task {

    /** What survives. */
    record State(
            FleetState fleet,
            Map<RequestKey, RouteRecord> records,
            List<Release> postponed,
            Policies policies) {}

    private static final long LOOK_AGAIN_MILLIS = 100;

    private final Map<RequestKey, RouteRecord> records;

    /** Releases that came before the epoch was known. */
    private final List<Release> postponed;

    private final FleetView fleet;
    private final OutstandingWork work = new OutstandingWork();
    private boolean lookPlanned;
    private Policies policies;
    private RequestRouter router;
    private final Edges lanes;
    private final Channel settle;

    RouteTask(Attempt attempt, int index, List<LaneTask> laneTasks, SettleTask settleTask) {
        super(attempt, "route-" + index);
        State state =
                (State)
                        attempt.restored(
                                name(),
                                new State(
                                        FleetState.EMPTY,
                                        Map.of(),
                                        List.of(),
                                        Policies.of(world().lanes)));
        this.policies = state.policies();
        this.records = new LinkedHashMap<>(state.records());
        this.postponed = new ArrayList<>(state.postponed());
        this.fleet = new FleetView(Setup.LEASE_MILLIS, Setup.FORGET_MILLIS, held(state.fleet()));
        this.lanes = Edges.between(world(), List.of(), laneTasks);
        this.settle = new Channel(world(), settleTask);
        this.router = newRouter();
        records.values().forEach(router::recount);
        records.values().forEach(this::planWakeup);
        if (!postponed.isEmpty()) {
            planToLookAgain();
        }
    }

    private RequestRouter newRouter() {
        return new RequestRouter(
                Setup.router(world().obeys(Rule.DEDUP_WINDOW)),
                fleet,
                RoutingCatalog.create(policies.routing()),
                work,
                this::apply);
    }

    /** The fleet to start from; without the hold it counts as having said what it holds. */
    private FleetState held(FleetState saved) {
        if (world().obeys(Rule.ROUTER_HOLD)) {
            return saved;
        }
        List<FleetInstance> told =
                saved.instances().stream()
                        .map(
                                i ->
                                        new FleetInstance(
                                                i.instanceId(),
                                                i.incarnation(),
                                                i.capacity(),
                                                i.lastHeartbeatLogMillis(),
                                                Long.MAX_VALUE,
                                                i.draining()))
                        .toList();
        return new FleetState(saved.epoch(), told);
    }

    private void apply(RouterEffect effect) {
        world().faults
                .countIf(effect instanceof RouterEffect.RecheckAt, Fault.HANDBACK_ROLLED_BACK);
        if (effect instanceof RouterEffect.ToLane toLane) {
            lanes.toLane(toLane.instanceId(), new Message.ToLane(toLane));
        } else if (effect instanceof RouterEffect.Settled settled) {
            settle.send(new Message.Closed(settled.outcome()));
        } else if (effect instanceof RouterEffect.Postponed early) {
            postponed.add(early.release());
            planToLookAgain();
        }
        if (world().trace.isOn()) {
            world().trace(name() + " " + Wording.of(effect));
        }
    }

    @Override
    void process(Message message) {
        long now = world().now();
        if (message instanceof Message.Submitted m) {
            submitted(m.request(), m.verdict(), now);
        } else if (message instanceof Message.FromGate m) {
            put(m.key(), fromGate(records.get(m.key()), m, now));
        } else if (message instanceof Message.Cancel m) {
            put(m.key(), router.cancel(records.get(m.key()), m.key(), m.reason(), now));
        } else if (message instanceof Message.Reprioritise m) {
            put(m.key(), router.reprioritise(records.get(m.key()), m.key(), m.priority()));
        } else if (message instanceof Message.HandedBack m) {
            released(m.release(), now);
        } else if (message instanceof Message.Held m) {
            RequestKey key = m.run().key();
            put(key, router.adopt(records.get(key), m.run(), m.instanceId(), now));
        } else if (message instanceof Message.Reported m) {
            reported(m.report(), now);
        } else if (message instanceof Message.Ticked m) {
            long logMillis = world().obeys(Rule.LOG_TIME_LEASE) ? m.appendedMillis() : now;
            fleet.tick(m.epoch(), m.partition(), World.EVENT_PARTITIONS, logMillis);
        } else if (message instanceof Message.Notice m) {
            choose(m.policies());
            startEpoch(m.epoch());
        }
    }

    private void submitted(PendingRequest request, @Nullable Verdict verdict, long now) {
        if (verdict != null && !world().obeys(Rule.VERDICT_AFTER_DEDUPLICATION)) {
            apply(new RouterEffect.Settled(closedBy(verdict, request, now)));
            return;
        }
        put(request.key(), router.submit(records.get(request.key()), request, verdict, now));
    }

    private @Nullable RouteRecord fromGate(
            @Nullable RouteRecord record, Message.FromGate message, long now) {
        GateEffect effect = message.effect();
        PendingRequest request = message.request();
        if (effect instanceof GateEffect.Submit submit && request != null) {
            boolean waits = submit.waits() && submit.verdict() == null;
            return waits && world().obeys(Rule.WORKFLOW_ORDER)
                    ? router.submitWaiting(record, request, now)
                    : router.submit(record, request, verdict(submit), now);
        } else if (effect instanceof GateEffect.LetThrough through) {
            return router.letThrough(record, through.criticalPathMillis(), now);
        } else if (effect instanceof GateEffect.Refuse refuse) {
            return router.refuse(record, held(refuse.verdict()), now);
        } else if (effect instanceof GateEffect.Raise raise) {
            return router.reprioritise(record, message.key(), raise.priority());
        }
        if (effect instanceof GateEffect.PathChanged changed) {
            return router.pathChanged(record, changed.criticalPathMillis());
        }
        throw new IllegalArgumentException("unknown effect " + effect);
    }

    private @Nullable Verdict verdict(GateEffect.Submit submit) {
        return submit.verdict() == null ? null : held(submit.verdict());
    }

    /** A verdict as the router reads it; without the rule it acts on every one at once. */
    private Verdict held(Verdict verdict) {
        return world().obeys(Rule.VERDICT_HOLD)
                ? verdict
                : new Verdict(verdict.outcome(), verdict.code(), verdict.message(), false);
    }

    private static SettledRequest closedBy(Verdict verdict, PendingRequest request, long now) {
        return new SettledRequest(
                request.key(), verdict.outcome(), 0, null, null, now, null, null, null, null, null);
    }

    private void released(Release release, long now) {
        RouteRecord record = records.get(release.key());
        Release read = release;
        if (!world().obeys(Rule.RELEASE_RECHECKED)) {
            read = read.inEpoch(Long.MAX_VALUE);
        }
        if (!world().obeys(Rule.RELEASE_MATCHES) && record != null && record.instanceId() != null) {
            read =
                    new Release(
                            read.key(),
                            record.attempt(),
                            record.instanceId(),
                            read.epoch(),
                            read.reason(),
                            read.retriable(),
                            read.code(),
                            read.message());
        }
        put(release.key(), router.released(record, read, now));
    }

    private void reported(WorkerReport report, long now) {
        if (report instanceof WorkerReport.Completed completed) {
            RequestKey key = completed.run().key();
            put(key, router.completed(records.get(key), completed, now));
        } else {
            fleet.report(report);
        }
    }

    /** What was assigned stays where it is. */
    private void choose(Policies notice) {
        boolean other = !notice.routing().equals(policies.routing());
        policies = notice;
        if (other) {
            router = newRouter();
        }
    }

    private void startEpoch(long epoch) {
        fleet.startEpoch(epoch);
        if (!world().obeys(Rule.ROUTER_HOLD)) {
            for (int partition = 0; partition < World.EVENT_PARTITIONS; partition++) {
                fleet.tick(epoch, partition, World.EVENT_PARTITIONS, 0);
            }
        }
    }

    private void planToLookAgain() {
        if (lookPlanned) {
            return;
        }
        lookPlanned = true;
        world().agenda.after(world().upTo(LOOK_AGAIN_MILLIS) + 1, this::lookAgain);
    }

    private void lookAgain() {
        lookPlanned = false;
        if (attempt().isRunning()) {
            List<Release> releases = List.copyOf(postponed);
            postponed.clear();
            releases.forEach(release -> released(release, world().now()));
        }
    }

    private void put(RequestKey key, @Nullable RouteRecord record) {
        RouteRecord before = record == null ? records.remove(key) : records.put(key, record);
        boolean sameWakeup =
                before != null && record != null && before.wakeupMillis() == record.wakeupMillis();
        if (record != null && !sameWakeup) {
            planWakeup(record);
        }
    }

    private void planWakeup(RouteRecord record) {
        if (record.wakeupMillis() != PendingRequest.NEVER) {
            world().agenda.at(record.wakeupMillis(), () -> wakeup(record.key()));
        }
    }

    private void wakeup(RequestKey key) {
        RouteRecord record = records.get(key);
        if (attempt().isRunning() && record != null && record.wakeupMillis() <= world().now()) {
            put(key, router.wakeup(record, world().now()));
        }
    }

    @Override
    Object snapshot() {
        return new State(
                fleet.state(), new LinkedHashMap<>(records), List.copyOf(postponed), policies);
    }

    @Override
    void forward(Message.Barrier barrier) {
        lanes.toAll(barrier);
        settle.send(barrier);
    }

    /** Whether it assigns. */
    boolean isOpen() {
        return fleet.isOpen();
    }

    /** Whether every request is closed. */
    boolean isQuiet() {
        return postponed.isEmpty()
                && records.values().stream()
                        .allMatch(
                                record ->
                                        record.phase() == RouteRecord.Phase.CLOSED
                                                || record.request() == null);
    }

    /** Records that would be left once the dedup window has passed. */
    long recordsAfterWindow() {
        long later = world().now() + 2 * Setup.DEDUP_WINDOW_MILLIS;
        return records.values().stream()
                .filter(record -> router.wakeup(record, later) != null)
                .count();
    }
}
