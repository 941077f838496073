package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.latency.SlaScope;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.GroupedSample;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Sends a sample on to its own group if that has a place among the bounded number, else to the
 * group of the rest. Keyed by {@link #bucketOf}.
 */
final class SeriesCapFunction extends KeyedProcessFunction<String, GroupedSample, GroupedSample> {
    private static final long serialVersionUID = 1L;

    private final SeriesCap cap;
    private transient SeriesPlaces places;
    private transient Map<SlaScope, Counter> folded;

    SeriesCapFunction(SeriesCap cap) {
        this.cap = cap;
    }

    /** The bucket that a sample is decided in; a key that no number of values makes more of. */
    String bucketOf(GroupedSample sample) {
        SlaGroup group = SlaGroup.parse(sample.group());
        return group.scope().name() + '#' + cap.bucketOf(group.value());
    }

    @Override
    public void open(OpenContext context) {
        places = new SeriesPlaces(getRuntimeContext());
        folded = new EnumMap<>(SlaScope.class);
        for (SlaScope scope : SlaScope.values()) {
            if (scope.isUnbounded()) {
                String label = scope.name().toLowerCase(Locale.ROOT);
                folded.put(
                        scope,
                        JobMetric.FOLDED_SERIES.counter(
                                getRuntimeContext().getMetricGroup(), label));
            }
        }
    }

    @Override
    public void processElement(
            GroupedSample sample, Context context, Collector<GroupedSample> out) {
        SlaGroup group = SlaGroup.parse(sample.group());
        if (places.admits(cap, group.value(), sample.appendedMillis(), context.timerService())) {
            out.collect(sample);
        } else {
            folded.get(group.scope()).inc();
            out.collect(
                    new GroupedSample(
                            new SlaGroup(group.scope(), SeriesCap.OTHER).text(),
                            sample.appendedMillis(),
                            sample.position(),
                            sample.stale(),
                            true,
                            sample.sample()));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<GroupedSample> out) {
        places.expire(cap, timestamp, context.timerService());
    }
}
