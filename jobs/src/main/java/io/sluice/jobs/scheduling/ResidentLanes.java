package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.InstanceScheduler;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The lanes whose order is in memory, least recently used out first. What is dropped is rebuilt
 * from state at the next touch, so the bound is on memory, not on the number of lanes.
 */
final class ResidentLanes {

    private final Map<String, InstanceScheduler> lanes;
    private long countedAtMillis;
    private volatile int count;
    private volatile int queued;
    private volatile int inFlight;
    private volatile int credits;
    private volatile long queuedTokens;

    ResidentLanes(int most) {
        this.lanes =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<String, InstanceScheduler> eldest) {
                        return size() > most;
                    }
                };
    }

    InstanceScheduler get(String key, Supplier<InstanceScheduler> rebuild) {
        InstanceScheduler lane = lanes.get(key);
        if (lane == null) {
            lane = rebuild.get();
            lanes.put(key, lane);
        }
        return lane;
    }

    void forget(String key) {
        lanes.remove(key);
    }

    /**
     * Counts again, at most once a second; metrics are read by another thread, which must not look
     * into the lanes.
     */
    void measure(long now) {
        if (now - countedAtMillis < 1_000) {
            return;
        }
        countedAtMillis = now;
        count = lanes.size();
        queued = lanes.values().stream().mapToInt(InstanceScheduler::queueLength).sum();
        inFlight = lanes.values().stream().mapToInt(InstanceScheduler::inFlight).sum();
        credits = lanes.values().stream().mapToInt(InstanceScheduler::freeSequences).sum();
        queuedTokens = lanes.values().stream().mapToLong(InstanceScheduler::queuedTokens).sum();
    }

    int count() {
        return count;
    }

    int queued() {
        return queued;
    }

    int inFlight() {
        return inFlight;
    }

    int credits() {
        return credits;
    }

    /** Share of the places, look-ahead included, that are taken; 0 while there are none. */
    double saturation() {
        int free = Math.max(0, credits);
        return inFlight == 0 ? 0 : (double) inFlight / (inFlight + free);
    }

    long queuedTokens() {
        return queuedTokens;
    }
}
