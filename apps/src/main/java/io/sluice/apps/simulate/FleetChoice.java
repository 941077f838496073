package io.sluice.apps.simulate;

import io.sluice.core.policy.PolicyChoice;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;
import io.sluice.sim.fleet.FleetSetup;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The machines of a study, and how they are used whatever the order.
 *
 * @param instances what each instance is like
 * @param policies which policies are in force; of those that are compared, the order differs
 * @param retention what becomes of the memory of an interrupted run
 */
record FleetChoice(List<EngineProfile> instances, PolicyChoice policies, KvRetention retention) {

    /** What it is, for a report. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        EngineProfile first = instances.get(0);
        conditions.put(
                "setting",
                String.join(",", instances.stream().map(EngineProfile::name).distinct().toList()));
        conditions.put("instances", Integer.toString(instances.size()));
        conditions.put("batch", Integer.toString(first.limits().maxSequences()));
        conditions.put("routing", policies.routing());
        conditions.put("fairness", policies.fairness());
        conditions.put("admission", policies.admission());
        conditions.put("preemption", policies.preemption());
        conditions.put("retention", retention.name().toLowerCase(Locale.ROOT));
        conditions.put("batching", policies.batching());
        return conditions;
    }

    /** The fleet under an order. */
    FleetSetup under(String ordering) {
        PolicyChoice chosen = policies.withOrdering(ordering);
        return new FleetSetup(instances, chosen.lane(), chosen.routing(), retention);
    }
}
