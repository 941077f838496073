package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.Outcome;
import io.sluice.core.routing.FleetView;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a subtask of the router shows; labels come from closed sets only. */
final class RouteMetrics {

    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Map<RouterEffect.Dropped.Cause, Counter> dropped =
            new EnumMap<>(RouterEffect.Dropped.Cause.class);

    RouteMetrics(MetricGroup group, FleetView fleet, KnownPolicies policies) {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(
                    outcome,
                    group.addGroup("outcome", outcome.wireName()).counter("requests_total"));
        }
        for (RouterEffect.Dropped.Cause cause : RouterEffect.Dropped.Cause.values()) {
            String label = cause.name().toLowerCase(Locale.ROOT);
            dropped.put(cause, group.addGroup("cause", label).counter("dropped_total"));
        }
        group.gauge("assigning", () -> fleet.isOpen() ? 1 : 0);
        group.gauge("policy_version", policies::version);
    }

    void count(RouterEffect effect) {
        if (effect instanceof RouterEffect.Settled settled) {
            outcomes.get(settled.outcome().outcome()).inc();
        } else if (effect instanceof RouterEffect.Dropped drop) {
            dropped.get(drop.cause()).inc();
        }
    }
}
