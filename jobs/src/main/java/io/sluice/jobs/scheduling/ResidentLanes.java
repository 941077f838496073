package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.InstanceScheduler;
import io.sluice.core.policy.OrderMemory;
import io.sluice.jobs.state.OrderMemoryState;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The lanes whose order is in memory, least recently used out first. What is dropped is rebuilt
 * from state at the next touch, so the bound is on memory, not on the number of lanes. What their
 * orders remember may be large and changes with nearly every event, so it is not written to state
 * as the rest is, but asked for when a snapshot is taken; of a lane that is dropped it is kept.
 */
final class ResidentLanes {

    private final Map<String, InstanceScheduler> lanes;
    private final Map<String, OrderMemory> ofDropped;
    private long countedAtMillis;
    private volatile int count;
    private volatile int queued;
    private volatile int inFlight;
    private volatile int credits;
    private volatile long queuedTokens;

    /**
     * No lane is resident.
     *
     * @param most lanes at a time
     * @param memories what orders of lanes remember; by instance, to be changed here only
     */
    ResidentLanes(int most, Map<String, OrderMemory> memories) {
        this.ofDropped = memories;
        this.lanes =
                new LinkedHashMap<>(16, 0.75f, true) {
                    private static final long serialVersionUID = 1L;

                    @Override
                    protected boolean removeEldestEntry(
                            Map.Entry<String, InstanceScheduler> eldest) {
                        return size() > most && drop(eldest);
                    }
                };
    }

    private boolean drop(Map.Entry<String, InstanceScheduler> eldest) {
        remember(eldest.getKey(), eldest.getValue().orderMemory());
        return true;
    }

    private void remember(String key, OrderMemory memory) {
        if (!memory.equals(OrderMemory.EMPTY)) {
            ofDropped.put(key, memory);
        }
    }

    InstanceScheduler get(String key, Function<OrderMemory, InstanceScheduler> rebuild) {
        InstanceScheduler lane = lanes.get(key);
        if (lane == null) {
            lane = rebuild.apply(ofDropped.getOrDefault(key, OrderMemory.EMPTY));
            ofDropped.remove(key);
            lanes.put(key, lane);
        }
        return lane;
    }

    void forget(String key) {
        lanes.remove(key);
    }

    /** What the orders of all lanes remember, resident or not. */
    List<OrderMemoryState> memories() {
        List<OrderMemoryState> memories = new ArrayList<>();
        ofDropped.forEach((key, memory) -> memories.add(OrderMemoryState.of(key, memory)));
        lanes.forEach(
                (key, lane) -> {
                    OrderMemory memory = lane.orderMemory();
                    if (!memory.equals(OrderMemory.EMPTY)) {
                        memories.add(OrderMemoryState.of(key, memory));
                    }
                });
        return memories;
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
