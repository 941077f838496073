package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.ReleaseReason;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a subtask of lanes shows; labels come from closed sets only. */
final class LaneMetrics {

    /** Name of the count of output tokens that were of no use; the router has some of it. */
    static final String WASTED_TOKENS = "wasted_tokens_total";

    private final Counter dispatches;
    private final Counter preemptions;
    private final Counter adoptions;
    private final Counter unknownInstances;
    private final Map<ReleaseReason, Counter> releases = new EnumMap<>(ReleaseReason.class);
    private final Map<ReleaseReason, Counter> wasted = new EnumMap<>(ReleaseReason.class);
    private volatile double timerLagSeconds;

    LaneMetrics(MetricGroup group, ResidentLanes lanes, KnownPolicies policies) {
        dispatches = group.counter("dispatches_total");
        preemptions = group.counter("preemptions_total");
        adoptions = group.counter("adoptions_total");
        unknownInstances = group.addGroup("cause", "unknown_instance").counter("dropped_total");
        for (ReleaseReason reason : ReleaseReason.values()) {
            String label = reason.name().toLowerCase(Locale.ROOT);
            releases.put(reason, group.addGroup("reason", label).counter("releases_total"));
            wasted.put(reason, group.addGroup("cause", label).counter(WASTED_TOKENS));
        }
        group.gauge("queue_size", lanes::queued);
        group.gauge("queue_tokens", lanes::queuedTokens);
        group.gauge("instance_credits", lanes::credits);
        group.gauge("instance_inflight_requests", lanes::inFlight);
        group.gauge("pool_saturation", lanes::saturation);
        group.gauge("resident_lanes", lanes::count);
        group.gauge("policy_version", policies::version);
        group.gauge("timer_lag_seconds", () -> timerLagSeconds);
    }

    void timerLag(long millis) {
        timerLagSeconds = millis / 1_000.0;
    }

    void count(LaneEffect effect) {
        if (effect instanceof LaneEffect.Dispatch) {
            dispatches.inc();
        } else if (effect instanceof LaneEffect.Preempt) {
            preemptions.inc();
        } else if (effect instanceof LaneEffect.Adopted) {
            adoptions.inc();
        } else if (effect instanceof LaneEffect.NobodyToDrain) {
            unknownInstances.inc();
        } else if (effect instanceof LaneEffect.Released released) {
            ReleaseReason reason = released.release().reason();
            releases.get(reason).inc();
            wasted.get(reason).inc(released.lostTokens());
        }
    }
}
