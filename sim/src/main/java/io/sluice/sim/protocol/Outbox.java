package io.sluice.sim.protocol;

import java.util.ArrayDeque;

/**
 * The buffer of a writer that promises at-least-once: in order, a little late, everything out
 * before a checkpoint. When its job has crashed, what is left is lost, or comes late.
 */
final class Outbox {

    private static final double DUPLICATE = 0.02;

    private final World world;
    private final ArrayDeque<Runnable> buffered = new ArrayDeque<>();
    private final long slowestMillis;
    private long lastMillis;
    private boolean abandoned;

    /** A writer that now and then writes twice. */
    Outbox(World world) {
        this.world = world;
        this.slowestMillis = world.bufferMillis();
    }

    void write(Runnable append) {
        buffered.add(append);
        lastMillis = Math.max(lastMillis, world.now() + world.upTo(slowestMillis));
        world.agenda.at(lastMillis, this::writeNext);
    }

    private void writeNext() {
        Runnable append = abandoned ? null : buffered.poll();
        if (append != null) {
            append.run();
            if (world.chance(DUPLICATE)) {
                world.faults.count(Fault.RECORD_TWICE);
                append.run();
            }
        }
    }

    /** Whether something is left to be written. */
    boolean isBehind() {
        return !buffered.isEmpty();
    }

    /** Writes everything out. */
    void flush() {
        while (!buffered.isEmpty()) {
            buffered.remove().run();
        }
    }

    /**
     * The job is gone.
     *
     * @param flushAfterMillis when its stopped process wakes up and sends what it still has;
     *     negative for never
     */
    void abandon(long flushAfterMillis) {
        abandoned = true;
        if (flushAfterMillis >= 0 && !buffered.isEmpty()) {
            world.trace("(a stopped task will wake up in " + flushAfterMillis + " ms and flush)");
            world.faults.count(Fault.LATE_FLUSH);
            world.agenda.after(flushAfterMillis, this::flush);
        } else {
            buffered.clear();
        }
    }
}
