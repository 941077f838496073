package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LaneEffect;
import io.sluice.core.model.ReleaseReason;
import io.sluice.jobs.metrics.JobMetric;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What a subtask of lanes shows; labels come from closed sets only. */
final class LaneMetrics {

    private final Counter dispatches;
    private final Counter preemptions;
    private final Counter adoptions;
    private final Counter unknownInstances;
    private final Map<ReleaseReason, Counter> releases = new EnumMap<>(ReleaseReason.class);
    private final Map<ReleaseReason, Counter> wasted = new EnumMap<>(ReleaseReason.class);
    private volatile double timerLagSeconds;

    LaneMetrics(MetricGroup group, ResidentLanes lanes, KnownPolicies policies) {
        dispatches = JobMetric.DISPATCHES.counter(group);
        preemptions = JobMetric.PREEMPTIONS.counter(group);
        adoptions = JobMetric.ADOPTIONS.counter(group);
        unknownInstances = JobMetric.DROPPED.counter(group, "unknown_instance");
        for (ReleaseReason reason : ReleaseReason.values()) {
            String label = reason.name().toLowerCase(Locale.ROOT);
            releases.put(reason, JobMetric.RELEASES.counter(group, label));
            wasted.put(reason, JobMetric.WASTED_TOKENS.counter(group, label));
        }
        JobMetric.QUEUE_SIZE.gauge(group, lanes::queued);
        JobMetric.QUEUE_TOKENS.gauge(group, lanes::queuedTokens);
        JobMetric.INSTANCE_CREDITS.gauge(group, lanes::credits);
        JobMetric.INSTANCE_INFLIGHT.gauge(group, lanes::inFlight);
        JobMetric.POOL_SATURATION.gauge(group, lanes::saturation);
        JobMetric.RESIDENT_LANES.gauge(group, lanes::count);
        JobMetric.POLICY_VERSION.gauge(group, policies::version);
        JobMetric.TIMER_LAG.gauge(group, () -> timerLagSeconds);
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
