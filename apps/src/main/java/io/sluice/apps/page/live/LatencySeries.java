package io.sluice.apps.page.live;

import io.sluice.core.latency.LatencyHistogram;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** One latency over time: a distribution for each slot. */
final class LatencySeries {

    private final SlotRing<LatencyHistogram> slots = new SlotRing<>(LatencyHistogram::new);
    private long invalid;

    /** Takes in a latency if there is one, at the time when the broker appended its record. */
    void add(@Nullable Number millis, long appendMillis) {
        if (millis == null) {
            return;
        }
        if (!LatencyHistogram.isRecordable(millis.doubleValue())) {
            invalid++;
            return;
        }
        LatencyHistogram slot = slots.at(appendMillis);
        if (slot != null) {
            slot.addMillis(millis.doubleValue());
        }
    }

    /** Values that were no durations. */
    long invalid() {
        return invalid;
    }

    LiveSnapshot.Percentiles until(long nowMillis) {
        List<@Nullable Double> p50 = new ArrayList<>();
        List<@Nullable Double> p90 = new ArrayList<>();
        List<@Nullable Double> p99 = new ArrayList<>();
        List<Long> counts = new ArrayList<>();
        for (LatencyHistogram slot : slots.until(nowMillis)) {
            p50.add(quantile(slot, 0.5));
            p90.add(quantile(slot, 0.9));
            p99.add(quantile(slot, 0.99));
            counts.add(slot == null ? 0 : slot.count());
        }
        return new LiveSnapshot.Percentiles(p50, p90, p99, counts);
    }

    /** To a tenth of a millisecond, which is shorter on the wire and finer than any screen. */
    private static @Nullable Double quantile(@Nullable LatencyHistogram slot, double q) {
        if (slot == null || slot.isEmpty()) {
            return null;
        }
        return Math.round(slot.quantileMillis(q).orElse(0) * 10) / 10.0;
    }
}
