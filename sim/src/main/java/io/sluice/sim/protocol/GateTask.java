package io.sluice.sim.protocol;

import io.sluice.core.kernel.GateArrival;
import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.GateNode;
import io.sluice.core.kernel.HeapGateStore;
import io.sluice.core.kernel.WorkflowGate;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** The gate: one workflow for each tenant. */
final class GateTask extends Task {

    static final String NAME = "gate";

    /** One for what has ended, one for what was expected by what has ended, and one spare. */
    private static final int WINDOWS_UNTIL_FORGOTTEN = 3;

    private final Map<String, HeapGateStore> workflows = new LinkedHashMap<>();
    private final List<GateEffect> effects = new ArrayList<>();
    private final WorkflowGate gate = new WorkflowGate(Setup.gate(), effects::add);
    private final Edges routes;

    @SuppressWarnings("unchecked")
    GateTask(Attempt attempt, List<RouteTask> routeTasks) {
        super(attempt, NAME);
        this.routes = Edges.between(world(), routeTasks, List.of());
        Map<String, HeapGateStore> restored =
                (Map<String, HeapGateStore>) attempt.restored(NAME, Map.of());
        restored.forEach((tenant, store) -> workflows.put(tenant, store.copy()));
        workflows.keySet().forEach(tenant -> world().agenda.after(1, () -> wakeup(tenant)));
    }

    @Override
    void process(Message message) {
        if (message instanceof Message.Submitted m && m.verdict() != null) {
            routes.toRoute(m.request().key(), m);
        } else if (message instanceof Message.Submitted m) {
            GateArrival arrival = GateArrival.of(m.request(), m.waitFor());
            String tenant = m.request().key().tenant();
            plan(tenant, gate.arrived(workflow(tenant), arrival, world().now()));
            pass(tenant, m.request());
        } else if (message instanceof Message.Ended m) {
            SettledRequest outcome = m.outcome();
            boolean well = outcome.outcome() == Outcome.COMPLETED;
            String how = well ? null : outcome.outcome().wireName();
            ended(outcome.key(), how, outcome.settledAtMillis());
        } else if (message instanceof Message.Reported m
                && m.report() instanceof WorkerReport.Completed completed) {
            ended(completed.run().key(), null, completed.origin().logMillis());
        }
    }

    private void ended(RequestKey key, @Nullable String outcome, long millis) {
        HeapGateStore workflow = workflow(key.tenant());
        long now = world().now();
        plan(key.tenant(), gate.ended(workflow, key.requestId(), outcome, millis, now));
        pass(key.tenant(), null);
    }

    private HeapGateStore workflow(String tenant) {
        return workflows.computeIfAbsent(tenant, any -> new HeapGateStore());
    }

    private void plan(String tenant, long wake) {
        if (wake != PendingRequest.NEVER) {
            world().agenda.at(Math.max(wake, world().now() + 1), () -> wakeup(tenant));
        }
    }

    private void wakeup(String tenant) {
        if (attempt().isRunning()) {
            plan(tenant, gate.wakeup(workflow(tenant), world().now()));
            pass(tenant, null);
        }
    }

    private void pass(String tenant, @Nullable PendingRequest arrived) {
        for (GateEffect effect : effects) {
            RequestKey key = new RequestKey(tenant, effect.requestId());
            if (world().trace.isOn()) {
                world().trace("gate " + effect);
            }
            routes.toRoute(key, new Message.FromGate(key, effect, arrived));
        }
        effects.clear();
    }

    /** Whether nobody waits, and nobody who was let through is still expected to end. */
    boolean isQuiet() {
        return unfinished() == null;
    }

    /** Names a request that waits, or whose end has not been heard of, or null. */
    @Nullable String unfinished() {
        for (Map.Entry<String, HeapGateStore> workflow : workflows.entrySet()) {
            for (GateNode node : workflow.getValue().all()) {
                if (node.phase() == GateNode.Phase.WAITING
                        || node.phase() == GateNode.Phase.PASSED) {
                    return "%s/%s, %s".formatted(workflow.getKey(), node.requestId(), node.phase());
                }
            }
        }
        return null;
    }

    /** Requests that would still be known once all that has ended may be forgotten. */
    long nodesAfterWindow() {
        long left = 0;
        for (HeapGateStore workflow : workflows.values()) {
            HeapGateStore later = workflow.copy();
            long now = world().now();
            for (int windows = 0; windows < WINDOWS_UNTIL_FORGOTTEN; windows++) {
                now += Setup.gate().rememberMillis();
                gate.wakeup(later, now);
            }
            left += StreamSupport.stream(later.all().spliterator(), false).count();
        }
        effects.clear();
        return left;
    }

    @Override
    Object snapshot() {
        Map<String, HeapGateStore> copy = new LinkedHashMap<>();
        workflows.forEach((tenant, store) -> copy.put(tenant, store.copy()));
        return copy;
    }

    @Override
    void forward(Message.Barrier barrier) {
        routes.toAll(barrier);
    }
}
