package io.sluice.apps.worker;

import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.sim.engine.EngineSnapshot;

import java.util.concurrent.TimeUnit;

/**
 * How much of its time an engine works, and how much it loses because work comes too late.
 *
 * <p>Time is lost while all of this holds: nothing waits in the engine; the last command said that
 * more requests wait in the lane; and a place is free for the next of them, that is a slot and as
 * many unreserved KV tokens as that command said. Reservations, not the memory in use, because they
 * are what the lane spends its credits by. What the lane has since lost to a cancel or an expiry is
 * not known here, so this errs upwards.
 */
final class Occupancy {

    private final InstanceCapacity capacity;
    private long atNanos;
    private long busyNanos;
    private long lostNanos;
    private long busyBefore;
    private long lostBefore;
    private boolean busy;
    private boolean losing;
    private Behind behind = Behind.NOTHING;

    Occupancy(InstanceCapacity capacity, long nanos) {
        this.capacity = capacity;
        this.atNanos = nanos;
    }

    /** A request was dispatched, and this waits behind it. */
    void dispatched(Behind left) {
        behind = left;
    }

    /** A new incarnation begins, and counts from zero. */
    void begin() {
        busyBefore = busyNanos;
        lostBefore = lostNanos;
        behind = Behind.NOTHING;
    }

    /** Time has passed, and this is how things are from now on. */
    void observe(long nanos, EngineSnapshot engine, long reservedTokens, boolean draining) {
        busyNanos += busy ? nanos - atNanos : 0;
        lostNanos += losing ? nanos - atNanos : 0;
        atNanos = nanos;
        busy = !engine.running().isEmpty();
        losing =
                behind.requests() > 0
                        && !draining
                        && engine.waiting().isEmpty()
                        && engine.running().size() < capacity.maxSequences()
                        && capacity.kvTokens() - reservedTokens >= behind.nextTokens();
    }

    /** The engine's state as a heartbeat tells it. */
    EngineStatus status(EngineSnapshot engine) {
        return new EngineStatus(
                engine.running().size(),
                engine.waiting().size(),
                engine.freeKvTokens(),
                TimeUnit.NANOSECONDS.toMillis(busyNanos - busyBefore),
                TimeUnit.NANOSECONDS.toMillis(lostNanos - lostBefore));
    }

    /** Time with at least one sequence running, since the process began, in nanoseconds. */
    long busyNanos() {
        return busyNanos;
    }

    /** Time lost, since the process began, in nanoseconds. */
    long idleWhileQueuedNanos() {
        return lostNanos;
    }
}
