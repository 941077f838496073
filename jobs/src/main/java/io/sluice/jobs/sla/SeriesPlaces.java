package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;

import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.TimerService;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The places of one bucket in keyed state, whatever its key is. How many are taken is kept beside
 * them: most samples of a full bucket are turned away, and counting would read all of it each time.
 */
final class SeriesPlaces implements SeriesCap.Places {

    private static final String SERIES = "series";
    private static final String TAKEN = "taken";

    private final MapState<String, Long> series;
    private final ValueState<Integer> taken;
    private long writes;

    SeriesPlaces(RuntimeContext context) {
        series = context.getMapState(new MapStateDescriptor<>(SERIES, Types.STRING, Types.LONG));
        taken = context.getState(new ValueStateDescriptor<>(TAKEN, Types.INT));
    }

    /** State in reach of a function fails only with its backend, and then the task does. */
    private interface Access<T> {
        T now() throws Exception;
    }

    private static <T> T of(Access<T> access) {
        try {
            return access.now();
        } catch (Exception exception) {
            throw new IllegalStateException("the state of a bucket of series failed", exception);
        }
    }

    /**
     * Sees a value of the bucket that is the present key, and sets the timer by which its place is
     * freed again.
     *
     * @return whether it has a place
     */
    boolean admits(SeriesCap cap, String value, long seenMillis, TimerService timers) {
        long before = writes;
        boolean admitted = cap.admits(value, seenMillis, this);
        if (writes > before) {
            timers.registerEventTimeTimer(cap.expiryOf(seenMillis));
        }
        return admitted;
    }

    /** Frees the places of the present bucket whose values have not been seen for so long. */
    void expire(SeriesCap cap, long nowMillis, TimerService timers) {
        cap.expire(nowMillis, this).ifPresent(timers::registerEventTimeTimer);
    }

    @Override
    public OptionalLong lastSeen(String value) {
        Long seen = of(() -> series.get(value));
        return seen == null ? OptionalLong.empty() : OptionalLong.of(seen);
    }

    @Override
    public int taken() {
        Integer count = of(taken::value);
        return count == null ? 0 : count;
    }

    @Override
    public void put(String value, long seenMillis) {
        boolean added = lastSeen(value).isEmpty();
        of(
                () -> {
                    series.put(value, seenMillis);
                    return null;
                });
        writes++;
        if (added) {
            count(taken() + 1);
        }
    }

    @Override
    public void remove(String value) {
        of(
                () -> {
                    series.remove(value);
                    return null;
                });
        count(taken() - 1);
    }

    @Override
    public Map<String, Long> all() {
        Map<String, Long> copy = new HashMap<>();
        for (Map.Entry<String, Long> place : of(series::entries)) {
            copy.put(place.getKey(), place.getValue());
        }
        return copy;
    }

    private void count(int places) {
        of(
                () -> {
                    if (places == 0) {
                        taken.clear();
                    } else {
                        taken.update(places);
                    }
                    return null;
                });
    }
}
