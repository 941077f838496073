package io.sluice.sim.fleet;

import io.sluice.core.kernel.GateArrival;
import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.GateSettings;
import io.sluice.core.kernel.HeapGateStore;
import io.sluice.core.kernel.RequestRouter;
import io.sluice.core.kernel.RouteRecord;
import io.sluice.core.kernel.WorkflowGate;
import io.sluice.core.model.Dependency;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.sim.workload.WorkflowStep;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The job's gate, with what it knows of each workflow and when it wants to be woken for it, and
 * when routers want to be woken for requests that they hold. What it wants done is kept until it is
 * asked for, since it may learn of an end while a router works.
 */
final class SimulatedGate {

    private static final long NEVER = Long.MAX_VALUE;
    private static final long HOUR_MILLIS = 3_600_000;

    /** Waits for unknown requests as long as the job does by default; nothing counts as lost. */
    private static final GateSettings SETTINGS =
            new GateSettings(
                    60_000,
                    HOUR_MILLIS,
                    FleetSetup.NEVER_MILLIS,
                    GateSettings.DEFAULT_MOST_DEPENDANTS);

    /** Something for the router of a request. */
    record Told(RequestKey key, GateEffect effect) {}

    /** A workflow is to be looked at, or a request that its router holds. */
    private record Wake(long millis, RequestKey key, boolean ofRequest) {}

    private final WorkflowGate gate = new WorkflowGate(SETTINGS, this::tell);
    private final Map<RequestKey, HeapGateStore> workflows = new HashMap<>();
    private final Map<RequestKey, Long> planned = new HashMap<>();
    private final TreeSet<Wake> wakes =
            new TreeSet<>(
                    Comparator.comparingLong(Wake::millis)
                            .thenComparing(Wake::key)
                            .thenComparing(Wake::ofRequest));
    private final Deque<Told> told = new ArrayDeque<>();
    private String tenant = "";

    private void tell(GateEffect effect) {
        told.add(new Told(new RequestKey(tenant, effect.requestId()), effect));
    }

    /** What it wants done next, or null. */
    @Nullable Told poll() {
        return told.poll();
    }

    /** Whether it wants anything done. */
    boolean hasWishes() {
        return !told.isEmpty();
    }

    /** A request of a workflow is submitted. */
    void arrived(LiveRequest request, WorkflowStep step, long nowMillis) {
        RequestKey workflow = workflow(request, step);
        List<Dependency> waitFor =
                step.waitFor().stream()
                        .map(
                                edge ->
                                        new Dependency(
                                                FleetSimulation.digits(edge.index()),
                                                edge.grade(),
                                                edge.onFailure()))
                        .toList();
        GateArrival arrival = GateArrival.of(request.pending, waitFor);
        plan(workflow, gate.arrived(store(workflow), arrival, nowMillis));
    }

    /** A request of a workflow has ended. */
    void ended(LiveRequest request, WorkflowStep step, Outcome outcome, long nowMillis) {
        RequestKey workflow = workflow(request, step);
        String failure = outcome == Outcome.COMPLETED ? null : outcome.wireName();
        String id = request.pending.key().requestId();
        plan(workflow, gate.ended(store(workflow), id, failure, nowMillis, nowMillis));
    }

    private RequestKey workflow(LiveRequest request, WorkflowStep step) {
        tenant = request.pending.key().tenant();
        return new RequestKey(tenant, step.workflow());
    }

    private HeapGateStore store(RequestKey workflow) {
        return workflows.computeIfAbsent(workflow, unseen -> new HeapGateStore());
    }

    private void plan(RequestKey workflow, long millis) {
        long known = planned.getOrDefault(workflow, NEVER);
        if (millis < known && !FleetSetup.isNever(millis)) {
            wakes.remove(new Wake(known, workflow, false));
            wakes.add(new Wake(millis, workflow, false));
            planned.put(workflow, millis);
        }
    }

    /**
     * Has a request's router do what is wanted, as the job's would.
     *
     * @return what the router is to keep of the request
     */
    @Nullable RouteRecord heed(
            GateEffect effect, LiveRequest request, RequestRouter router, long millis) {
        RouteRecord record = request.record;
        if (effect instanceof GateEffect.Submit submit) {
            PendingRequest pending =
                    request.pending
                            .withPriority(submit.priority())
                            .withCriticalPath(submit.criticalPathMillis());
            return submit.waits()
                    ? router.submitWaiting(record, pending, millis)
                    : router.submit(record, pending, submit.verdict(), millis);
        }
        if (effect instanceof GateEffect.LetThrough through) {
            return router.letThrough(record, through.criticalPathMillis(), millis);
        }
        if (effect instanceof GateEffect.Refuse refuse) {
            return router.refuse(record, refuse.verdict(), millis);
        }
        if (effect instanceof GateEffect.Raise raise) {
            return router.reprioritise(record, request.pending.key(), raise.priority());
        }
        if (effect instanceof GateEffect.PathChanged changed) {
            return router.pathChanged(record, changed.criticalPathMillis());
        }
        throw new IllegalStateException("simulation: the gate wants " + effect);
    }

    /** A request's router wants to look at it again at a time. */
    void watch(RequestKey request, long millis) {
        if (!FleetSetup.isNever(millis)) {
            wakes.add(new Wake(millis, request, true));
        }
    }

    /** When to call {@link #wakeTo}, {@link Long#MAX_VALUE} if never. */
    long nextMillis() {
        return wakes.isEmpty() ? NEVER : wakes.first().millis();
    }

    /** Lets time pass; returns a request to look at again, or null if none is left. */
    @Nullable RequestKey wakeTo(long nowMillis) {
        while (nextMillis() <= nowMillis) {
            Wake due = wakes.first();
            wakes.remove(due);
            if (due.ofRequest()) {
                return due.key();
            }
            wakeWorkflow(due.key(), nowMillis);
        }
        return null;
    }

    private void wakeWorkflow(RequestKey workflow, long nowMillis) {
        planned.remove(workflow);
        tenant = workflow.tenant();
        HeapGateStore store = store(workflow);
        plan(workflow, gate.wakeup(store, nowMillis));
        if (store.size() == 0) {
            workflows.remove(workflow);
        }
    }
}
