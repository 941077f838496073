package io.sluice.apps.replay;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;

/**
 * Time that passes only while the replay waits, or when a test says so. What a test plans happens
 * on the way, at its time.
 */
final class FakeClock implements ReplayClock {

    /** Wall time of the start: 2026-01-01T00:00:00Z. */
    static final long START_MILLIS = 1_767_225_600_000L;

    private static final Duration DAY = Duration.ofDays(1);

    private final TreeMap<Long, Queue<Runnable>> planned = new TreeMap<>();
    private long nanos;
    private boolean woken;

    @Override
    public long nanos() {
        return nanos;
    }

    @Override
    public long wallMillis() {
        return START_MILLIS + nanos / 1_000_000;
    }

    @Override
    public void parkUntil(long until) {
        if (nanos > DAY.toNanos()) {
            throw new AssertionError("the replay waits for something that never comes");
        }
        while (!woken && nanos < until) {
            Map.Entry<Long, Queue<Runnable>> next = planned.firstEntry();
            if (next == null || next.getKey() > until) {
                nanos = until;
            } else {
                planned.remove(next.getKey());
                nanos = Math.max(nanos, next.getKey());
                next.getValue().forEach(Runnable::run);
            }
        }
        woken = false;
    }

    @Override
    public void wake() {
        woken = true;
    }

    /** Work that takes time. */
    void spend(Duration time) {
        nanos += time.toNanos();
    }

    /** Something that happens while the replay waits, so long after the start. */
    void at(Duration time, Runnable action) {
        planned.computeIfAbsent(time.toNanos(), t -> new ArrayDeque<>()).add(action);
    }
}
