package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SettledRequest;
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
    private final Counter deadlineMisses;
    private final Counter earlyRejections;
    private final Counter lateTokens;
    private final Counter interruptedTokens;

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
        deadlineMisses = group.counter("deadline_misses_total");
        earlyRejections = group.counter("early_rejections_total");
        lateTokens = group.addGroup("cause", "late").counter(LaneMetrics.WASTED_TOKENS);
        interruptedTokens =
                group.addGroup("cause", "interrupted_run").counter(LaneMetrics.WASTED_TOKENS);
        group.gauge("assigning", () -> fleet.isOpen() ? 1 : 0);
        group.gauge("policy_version", policies::version);
    }

    void count(RouterEffect effect) {
        if (effect instanceof RouterEffect.Settled settled) {
            count(settled.outcome());
        } else if (effect instanceof RouterEffect.Dropped drop) {
            dropped.get(drop.cause()).inc();
            interruptedTokens.inc(drop.tokens());
        }
    }

    private void count(SettledRequest settled) {
        outcomes.get(settled.outcome()).inc();
        if (settled.isRejectedEarly()) {
            earlyRejections.inc();
        }
        if (settled.missesDeadline()) {
            deadlineMisses.inc();
            lateTokens.inc(settled.measures() == null ? 0 : settled.measures().outputTokens());
        }
    }
}
