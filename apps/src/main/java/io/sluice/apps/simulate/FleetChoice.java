package io.sluice.apps.simulate;

import io.sluice.core.policy.BatchFormation;
import io.sluice.core.policy.PreemptionPolicy;
import io.sluice.sim.engine.EngineProfile;
import io.sluice.sim.engine.KvRetention;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The machines of a study, and how lanes use them whatever their order.
 *
 * @param instances what each instance is like
 * @param routing name of the routing policy
 * @param preemption when runs are interrupted
 * @param batching when what waits is sent
 * @param retention what becomes of the memory of an interrupted run
 */
record FleetChoice(
        List<EngineProfile> instances,
        String routing,
        PreemptionPolicy preemption,
        BatchFormation batching,
        KvRetention retention) {

    /** What it is, for a report. */
    Map<String, String> conditions() {
        Map<String, String> conditions = new LinkedHashMap<>();
        EngineProfile first = instances.get(0);
        conditions.put(
                "setting",
                String.join(",", instances.stream().map(EngineProfile::name).distinct().toList()));
        conditions.put("instances", Integer.toString(instances.size()));
        conditions.put("batch", Integer.toString(first.limits().maxSequences()));
        conditions.put("routing", routing);
        conditions.put("preemption", preemption.name());
        conditions.put("retention", retention.name().toLowerCase(Locale.ROOT));
        conditions.put("look-ahead", batching.looksAhead() ? "auto" : "none");
        return conditions;
    }
}
