package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.RouterEffect;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.routing.FleetView;
import io.sluice.jobs.metrics.JobMetric;

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
            outcomes.put(outcome, JobMetric.REQUESTS.counter(group, outcome.wireName()));
        }
        for (RouterEffect.Dropped.Cause cause : RouterEffect.Dropped.Cause.values()) {
            String label = cause.name().toLowerCase(Locale.ROOT);
            dropped.put(cause, JobMetric.DROPPED.counter(group, label));
        }
        deadlineMisses = JobMetric.DEADLINE_MISSES.counter(group);
        earlyRejections = JobMetric.EARLY_REJECTIONS.counter(group);
        lateTokens = JobMetric.WASTED_TOKENS.counter(group, "late");
        interruptedTokens = JobMetric.WASTED_TOKENS.counter(group, "interrupted_run");
        JobMetric.ASSIGNING.gauge(group, () -> fleet.isOpen() ? 1 : 0);
        JobMetric.POLICY_VERSION.gauge(group, policies::version);
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
