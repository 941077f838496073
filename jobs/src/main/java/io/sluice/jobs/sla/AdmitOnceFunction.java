package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaLabels;
import io.sluice.core.latency.SlaScope;
import io.sluice.jobs.state.AdmittedOutcome;
import io.sluice.jobs.state.GroupedSample;
import io.sluice.jobs.state.SeenOutcome;
import io.sluice.jobs.state.SlaOutcome;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

import java.io.IOException;
import java.util.Optional;

/**
 * Lets each request count once, and sends it to every group it belongs to. Keyed by request.
 *
 * <p>The scheduler job writes outcomes again after a recovery, byte for byte but at a later place
 * in the log. All outcomes of a request are in one partition, so the first one read is the first in
 * the log: it counts, in the window of its append time, and the request is remembered for the dedup
 * window. An outcome appended later than that after it was settled may be of a request that was
 * counted and forgotten; it goes on as stale, to be counted as late and not as a request. So no
 * request ever counts twice, and state is bounded by the requests of one dedup window.
 */
final class AdmitOnceFunction extends KeyedProcessFunction<String, SlaOutcome, GroupedSample> {
    private static final long serialVersionUID = 1L;

    /** Samples on their way to groups of which there may be any number. */
    static final OutputTag<GroupedSample> SERIES =
            new OutputTag<>("series", TypeInformation.of(GroupedSample.class));

    /** The same requests as they are, for the objectives. */
    static final OutputTag<AdmittedOutcome> ADMITTED =
            new OutputTag<>("admitted", TypeInformation.of(AdmittedOutcome.class));

    private static final String SEEN = "seen";

    private final SlaWindowing windowing;
    private transient ValueState<SeenOutcome> seen;
    private transient AdmissionCounters counters;

    AdmitOnceFunction(SlaWindowing windowing) {
        this.windowing = windowing;
    }

    @Override
    public void open(OpenContext context) {
        seen = getRuntimeContext().getState(new ValueStateDescriptor<>(SEEN, SeenOutcome.class));
        counters = new AdmissionCounters(getRuntimeContext().getMetricGroup());
    }

    @Override
    public void processElement(SlaOutcome outcome, Context context, Collector<GroupedSample> out)
            throws IOException {
        SeenOutcome before = seen.value();
        if (before != null) {
            counters.outcomeRepeated(before.contentHash() == outcome.contentHash());
            return;
        }
        long appendedAt = outcome.position().timestampMillis();
        boolean stale = appendedAt - outcome.settledAtMillis() > windowing.dedupMillis();
        if (!stale) {
            long forgetAt = windowing.forgetAt(appendedAt);
            seen.update(new SeenOutcome(outcome.contentHash(), forgetAt));
            context.timerService().registerEventTimeTimer(forgetAt);
            counters.requestCounted(SlaStateMapping.sample(outcome.sample()));
        }
        context.output(ADMITTED, new AdmittedOutcome(outcome, null, stale, appendedAt));
        sendToGroups(outcome, stale, context, out);
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<GroupedSample> out) {
        seen.clear();
    }

    private static void sendToGroups(
            SlaOutcome outcome, boolean stale, Context context, Collector<GroupedSample> out) {
        SlaLabels labels = SlaStateMapping.labels(outcome);
        for (SlaScope scope : SlaScope.values()) {
            Optional<String> value = scope.valueOf(labels);
            if (value.isPresent()) {
                String group = new SlaGroup(scope, value.get()).text();
                GroupedSample sample =
                        new GroupedSample(
                                group,
                                outcome.position().timestampMillis(),
                                scope == SlaScope.ALL ? outcome.position() : null,
                                stale,
                                false,
                                outcome.sample());
                if (scope.isUnbounded()) {
                    context.output(SERIES, sample);
                } else {
                    out.collect(sample);
                }
            }
        }
    }
}
