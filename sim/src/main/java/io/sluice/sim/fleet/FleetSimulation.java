package io.sluice.sim.fleet;

import io.sluice.core.kernel.Assignment;
import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.kernel.RequestRouter;
import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.kernel.RouterSettings;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.routing.FleetState;
import io.sluice.core.routing.FleetView;
import io.sluice.core.routing.OutstandingWork;
import io.sluice.core.routing.RoutingCatalog;
import io.sluice.sim.driver.LaneDriver;
import io.sluice.sim.driver.LaneEvent;
import io.sluice.sim.engine.EngineCounters;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.workload.SimulatedRequest;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs a workload through a fleet. The gate, the router and the lanes are those of the job; what
 * they want done happens at once.
 *
 * <p>Where lanes interrupt runs they decide who is in a batch, and so act between two steps only:
 * what the router sends meanwhile waits until the step has ended, which the engine is asked to
 * tell.
 *
 * <p>Requests that are released at one instant, or let through by the gate, are all routed before
 * the first lane hears of them, and each lane hears of its part at once, so that it decides knowing
 * all of them.
 *
 * <p>Costs per event, not per token: an engine is looked at when a request arrives, starts or ends.
 */
public final class FleetSimulation {

    static final long EPOCH = 1;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long NEVER = Agenda.NEVER;
    private static final int FIRST_OF_TEN_DIGITS = 1_000_000_000;
    private static final String MODEL = "simulated";

    private final RunListener listener;
    private final LaneDriver lanes;
    private final RequestRouter router;
    private final FleetView fleet =
            new FleetView(FleetSetup.NEVER_MILLIS, FleetSetup.NEVER_MILLIS, FleetState.EMPTY);
    private final Map<String, SimulatedInstance> byId = new HashMap<>();
    private final List<SimulatedInstance> instances = new ArrayList<>();
    private final Map<RequestKey, LiveRequest> live = new HashMap<>();
    private final Deque<LaneEffect> wanted = new ArrayDeque<>();
    private final Map<String, List<Assignment>> arriving = new LinkedHashMap<>();
    private final SimulatedGate gate = new SimulatedGate();
    private final Agenda agenda;
    private boolean gathering;
    private long now;

    /**
     * A fleet that has nothing to do yet.
     *
     * @param setup what it is like
     * @param listener hears of each request that ends
     */
    public FleetSimulation(FleetSetup setup, RunListener listener) {
        this.listener = listener;
        this.lanes =
                new LaneDriver(setup.laneSettings(), (at, instance, effect) -> wanted.add(effect));
        this.router =
                new RequestRouter(
                        RouterSettings.DEFAULTS,
                        fleet,
                        RoutingCatalog.create(setup.routing()),
                        new OutstandingWork(),
                        this::routed);
        for (EngineProfile profile : setup.instances()) {
            SimulatedInstance instance =
                    new SimulatedInstance(
                            instances.size(),
                            profile,
                            setup.interruptsRuns() ? setup.retention() : null);
            instances.add(instance);
            byId.put(instance.id(), instance);
        }
        agenda = new Agenda(instances.size());
        join();
    }

    /** Digits that sort like the numbers they stand for, since ids break ties of order. */
    static String digits(int number) {
        return Integer.toString(FIRST_OF_TEN_DIGITS + number);
    }

    private void join() {
        fleet.startEpoch(EPOCH);
        lanes.take(new LaneEvent.EpochStarted(EPOCH));
        for (SimulatedInstance instance : instances) {
            WorkerReport registered = instance.registered();
            fleet.report(registered);
            lanes.take(new LaneEvent.Reported(registered));
            carryOut();
        }
        fleet.tick(EPOCH, 0, 1, 0);
    }

    /**
     * Runs requests until the last has ended.
     *
     * @param requests in the order of their release
     * @throws IllegalStateException if one of them can never end
     */
    public void run(Iterator<SimulatedRequest> requests) {
        SimulatedRequest next = requests.hasNext() ? requests.next() : null;
        while (next != null || !live.isEmpty()) {
            long due = Math.min(next == null ? NEVER : next.releaseNanos(), nextEventAt());
            if (due == NEVER) {
                throw stuck();
            }
            now = Math.max(now, due);
            lanes.advanceTo(nowMillis());
            wakeGate();
            carryOut();
            gathering = true;
            while (next != null && next.releaseNanos() <= now) {
                submit(next);
                next = requests.hasNext() ? requests.next() : null;
            }
            carryOut();
            advanceEngines();
        }
    }

    private long nextEventAt() {
        long wakeup = Math.min(lanes.nextWakeupMillis(), gate.nextMillis());
        return FleetSetup.isNever(wakeup)
                ? agenda.nextTime()
                : Math.min(agenda.nextTime(), wakeup * NANOS_PER_MILLI);
    }

    private IllegalStateException stuck() {
        LiveRequest one = live.values().iterator().next();
        return new IllegalStateException(
                "simulation: %d requests are left at %d ns and nothing will happen; the first is %s"
                        .formatted(live.size(), now, one.pending));
    }

    private void submit(SimulatedRequest request) {
        LiveRequest newcomer = new LiveRequest(request, MODEL);
        live.put(newcomer.pending.key(), newcomer);
        if (request.step() == null) {
            keep(newcomer, router.submit(null, newcomer.pending, null, nowMillis()));
        } else {
            gate.arrived(newcomer, request.step(), nowMillis());
        }
    }

    private long nowMillis() {
        return now / NANOS_PER_MILLI;
    }

    private void keep(LiveRequest request, @Nullable RouteRecord record) {
        request.record = record;
        if (record != null && record.phase() == RouteRecord.Phase.HELD) {
            gate.watch(record.key(), record.wakeupMillis());
        }
    }

    /** Requests that are held may have no time left, or nothing to wait for any more. */
    private void wakeGate() {
        for (RequestKey due = gate.wakeTo(nowMillis());
                due != null;
                due = gate.wakeTo(nowMillis())) {
            LiveRequest waiting = live.get(due);
            if (waiting != null && waiting.record != null) {
                keep(waiting, router.wakeup(waiting.record, nowMillis()));
            }
        }
    }

    /** Does what the gate wants done. */
    private void heedGate() {
        gathering = true;
        for (SimulatedGate.Told told = gate.poll(); told != null; told = gate.poll()) {
            LiveRequest request = live.get(told.key());
            if (request != null) {
                keep(request, gate.heed(told.effect(), request, router, nowMillis()));
            }
        }
    }

    /** Tells each lane at once of all that was assigned to it meanwhile. */
    private void tellLanes() {
        gathering = false;
        if (!arriving.isEmpty()) {
            Map<String, List<Assignment>> told = new LinkedHashMap<>(arriving);
            arriving.clear();
            told.forEach((id, group) -> tell(new LaneEvent.AssignedTogether(id, group)));
        }
    }

    private void advanceEngines() {
        while (agenda.nextTime() <= now) {
            SimulatedInstance instance = instances.get(agenda.next());
            advance(instance);
            agenda.set(instance.place(), instance.engine().nextEventAt());
        }
    }

    private void advance(SimulatedInstance instance) {
        List<WorkerReport.Completed> completions = instance.advanceTo(now);
        boolean paused = instance.isSteered() && instance.engine().isBetweenSteps();
        if (paused || !completions.isEmpty()) {
            List<WorkerReport> reports = instance.reports(paused, now);
            lanes.take(new LaneEvent.ReportedTogether(instance.id(), reports));
        }
        for (WorkerReport.Completed completed : completions) {
            complete(completed);
        }
        carryOut();
        if (paused) {
            instance.takeInbox().forEach(lanes::take);
            carryOut();
        }
    }

    private void complete(WorkerReport.Completed report) {
        LiveRequest request = live.get(report.run().key());
        if (request != null) {
            request.record = router.completed(request.record, report, nowMillis());
        }
    }

    private void routed(RouterEffect effect) {
        if (effect instanceof RouterEffect.Assign assign) {
            assign(assign);
        } else if (effect instanceof RouterEffect.RevalueAt change) {
            revalue(change);
        } else if (effect instanceof RouterEffect.Settled settled) {
            settle(settled);
        } else if (!(effect instanceof RouterEffect.Dropped
                || effect instanceof RouterEffect.Held)) {
            throw new IllegalStateException("simulation: the router wants " + effect);
        }
    }

    private void assign(RouterEffect.Assign assign) {
        if (gathering) {
            arriving.computeIfAbsent(assign.instanceId(), id -> new ArrayList<>())
                    .add(new Assignment(assign.request(), assign.attempt()));
        } else {
            tell(new LaneEvent.Assign(assign.instanceId(), assign.request(), assign.attempt()));
        }
    }

    /** A lane that has not heard of the request yet hears of it as it is now. */
    private void revalue(RouterEffect.RevalueAt change) {
        List<Assignment> told = arriving.getOrDefault(change.instanceId(), List.of());
        for (int i = 0; i < told.size(); i++) {
            PendingRequest request = told.get(i).request();
            if (request.key().equals(change.key())) {
                PendingRequest now =
                        request.withPriority(change.priority())
                                .withCriticalPath(change.criticalPathMillis());
                told.set(i, new Assignment(now, change.attempt()));
                return;
            }
        }
        tell(
                new LaneEvent.Revalue(
                        change.instanceId(),
                        change.key(),
                        change.attempt(),
                        change.priority(),
                        change.criticalPathMillis()));
    }

    /** Tells a lane, at once or when its instance has ended the step it is in. */
    private void tell(LaneEvent.ToLane event) {
        SimulatedInstance instance = instance(event.instanceId());
        if (instance.isSteered() && !instance.engine().isBetweenSteps()) {
            instance.putOff(event, now);
            agenda.set(instance.place(), instance.engine().nextEventAt());
        } else {
            lanes.take(event);
        }
    }

    private void settle(RouterEffect.Settled settled) {
        LiveRequest request = live.remove(settled.outcome().key());
        if (request == null) {
            throw new IllegalStateException("simulation: settled twice: " + settled);
        }
        Outcome outcome = settled.outcome().outcome();
        if (request.request.step() != null) {
            gate.ended(request, request.request.step(), outcome, nowMillis());
        }
        listener.ended(request.ended(outcome, now, settled.outcome().message()));
    }

    /** Carries out what lanes and the gate want, and what comes of it. */
    private void carryOut() {
        do {
            heedGate();
            tellLanes();
            heedLanes();
        } while (gate.hasWishes());
    }

    private void heedLanes() {
        for (LaneEffect effect = wanted.poll(); effect != null; effect = wanted.poll()) {
            if (effect instanceof LaneEffect.Dispatch dispatch) {
                LiveRequest request = request(dispatch.request().key());
                SimulatedInstance instance = instance(dispatch.address().instanceId());
                report(instance.start(request, dispatch, now));
                agenda.set(instance.place(), instance.engine().nextEventAt());
            } else if (effect instanceof LaneEffect.Preempt preempt) {
                interrupt(instance(preempt.address().instanceId()), request(preempt.key()));
            } else if (effect instanceof LaneEffect.Released released) {
                release(released.release());
            } else if (effect instanceof LaneEffect.Sync sync) {
                WorkerReport answer = instance(sync.address().instanceId()).answer(sync);
                fleet.report(answer);
                report(answer);
            } else {
                throw new IllegalStateException("simulation: a lane wants " + effect);
            }
        }
    }

    private void interrupt(SimulatedInstance instance, LiveRequest request) {
        if (instance.engine().isBetweenSteps()) {
            report(instance.interrupt(request, now));
        } else {
            instance.putOff(request, now);
            agenda.set(instance.place(), instance.engine().nextEventAt());
        }
    }

    private void report(@Nullable WorkerReport report) {
        if (report != null) {
            lanes.take(new LaneEvent.Reported(report));
        }
    }

    private void release(Release release) {
        LiveRequest request = request(release.key());
        keep(request, router.released(request.record, release, nowMillis()));
    }

    private LiveRequest request(RequestKey key) {
        LiveRequest request = live.get(key);
        if (request == null) {
            throw new IllegalStateException("simulation: nobody knows request " + key);
        }
        return request;
    }

    private SimulatedInstance instance(String id) {
        SimulatedInstance instance = byId.get(id);
        if (instance == null) {
            throw new IllegalStateException("simulation: nobody knows instance " + id);
        }
        return instance;
    }

    /** What each engine has done so far. */
    public List<EngineCounters> counters() {
        return instances.stream().map(i -> i.engine().snapshot().totals()).toList();
    }
}
