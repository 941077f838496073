package io.sluice.sim.protocol;

import io.sluice.core.kernel.GateArrival;
import io.sluice.core.kernel.GateEffect;
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

/** The gate: one workflow for each tenant. */
final class GateTask extends Task {

    static final String NAME = "gate";

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
