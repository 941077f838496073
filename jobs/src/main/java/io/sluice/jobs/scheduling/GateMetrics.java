package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.GateEffect;
import io.sluice.core.kernel.Verdict;
import io.sluice.jobs.metrics.JobMetric;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/** What a subtask of the gate shows. The codes of its verdicts are a closed set of the kernel. */
final class GateMetrics {

    private final MetricGroup group;
    private final Counter held;
    private final Counter letThrough;
    private final Counter pathChanges;
    private final Map<String, Counter> refused = new HashMap<>();

    GateMetrics(MetricGroup group) {
        this.group = group;
        held = JobMetric.HELD_REQUESTS.counter(group);
        letThrough = JobMetric.LET_THROUGH.counter(group);
        pathChanges = JobMetric.PATH_CHANGES.counter(group);
    }

    void count(GateEffect effect) {
        if (effect instanceof GateEffect.Submit submit) {
            if (submit.verdict() != null) {
                refused(submit.verdict());
            } else if (submit.waits()) {
                held.inc();
            }
        } else if (effect instanceof GateEffect.LetThrough) {
            letThrough.inc();
        } else if (effect instanceof GateEffect.PathChanged) {
            pathChanges.inc();
        } else if (effect instanceof GateEffect.Refuse refuse) {
            refused(refuse.verdict());
        }
    }

    private void refused(Verdict verdict) {
        refused.computeIfAbsent(code(verdict.code()), this::counter).inc();
    }

    private static String code(@Nullable String code) {
        return code == null ? "none" : code;
    }

    private Counter counter(String code) {
        return JobMetric.REFUSALS.counter(group, code);
    }
}
