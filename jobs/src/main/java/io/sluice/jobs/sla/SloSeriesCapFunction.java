package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.slo.SloScope;
import io.sluice.jobs.metrics.JobMetric;
import io.sluice.jobs.state.JudgedOutcome;
import io.sluice.jobs.state.JudgedValue;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * Sends a judgement on to the series of its own value if that has a place among the bounded number
 * of its objective, else to the series of the rest. A place is held for as long as the series keeps
 * counts, so an objective never has more series with state than places. Keyed by {@link #bucketOf}.
 */
final class SloSeriesCapFunction extends KeyedProcessFunction<String, JudgedValue, JudgedOutcome> {
    private static final long serialVersionUID = 1L;

    private static final char SEPARATOR = '/';

    private final SeriesCap cap;
    private transient SeriesPlaces places;
    private transient Map<SloScope, Counter> folded;

    SloSeriesCapFunction(SeriesCap cap) {
        this.cap = cap;
    }

    /** The bucket that a value is decided in: reach, objective, and a number below a bound. */
    String bucketOf(JudgedValue value) {
        SloSeries series = SloSeries.parse(value.series());
        return "%d%c%s%c%d"
                .formatted(
                        value.reachMillis(),
                        SEPARATOR,
                        series.objective(),
                        SEPARATOR,
                        cap.bucketOf(series.value()));
    }

    /** The bound of the bucket that is the present key. */
    private SeriesCap capOf(String bucket) {
        long reach = Long.parseLong(bucket.substring(0, bucket.indexOf(SEPARATOR)));
        return new SeriesCap(cap.maxSeries(), Math.max(cap.ttlMillis(), reach));
    }

    @Override
    public void open(OpenContext context) {
        places = new SeriesPlaces(getRuntimeContext());
        folded = new EnumMap<>(SloScope.class);
        for (SloScope scope : SloScope.values()) {
            if (scope.isUnbounded()) {
                folded.put(
                        scope,
                        JobMetric.FOLDED_OBJECTIVE_SERIES.counter(
                                getRuntimeContext().getMetricGroup(),
                                scope.name().toLowerCase(Locale.ROOT)));
            }
        }
    }

    @Override
    public void processElement(JudgedValue value, Context context, Collector<JudgedOutcome> out) {
        SloSeries own = SloSeries.parse(value.series());
        boolean admitted =
                places.admits(
                        capOf(context.getCurrentKey()),
                        own.value(),
                        value.judged().timeMillis(),
                        context.timerService());
        if (admitted) {
            out.collect(new JudgedOutcome(value.series(), value.judged()));
        } else {
            folded.get(own.scope()).inc();
            SloSeries rest = new SloSeries(own.objective(), own.scope(), SeriesCap.OTHER);
            out.collect(new JudgedOutcome(rest.text(), value.judged()));
        }
    }

    @Override
    public void onTimer(long timestamp, OnTimerContext context, Collector<JudgedOutcome> out) {
        places.expire(capOf(context.getCurrentKey()), timestamp, context.timerService());
    }
}
