package io.sluice.apps.worker;

import io.sluice.sim.worker.WorkerProtocol;

/**
 * The orderly end of a worker: it takes nothing more and gives back what has not started; what runs
 * may finish within a time, and is given back then; and it goes when the broker has all of it.
 */
final class Departure {

    private enum Stage {
        NOT_ASKED,
        DRAINING,
        LEAVING
    }

    /** What a departure ends. */
    record Leaver(WorkerProtocol protocol, SimulatedGpu gpu, EventLog log) {}

    private final Leaver leaver;
    private final long publishMillis;
    private Stage stage = Stage.NOT_ASKED;
    private long deadlineMillis = Long.MAX_VALUE;

    Departure(Leaver leaver, long publishMillis) {
        this.leaver = leaver;
        this.publishMillis = publishMillis;
    }

    /** Begins; asked again, it can only become shorter. */
    void ask(long drainMillis, long now) {
        if (stage == Stage.NOT_ASKED) {
            stage = Stage.DRAINING;
            leaver.protocol().retire(now);
            leaver.gpu().notStarted().forEach(id -> leaver.protocol().giveBack(id, now));
        }
        if (stage == Stage.DRAINING) {
            deadlineMillis = Math.min(deadlineMillis, now + drainMillis);
        }
    }

    /** Whether it has begun. */
    boolean isUnderWay() {
        return stage != Stage.NOT_ASKED;
    }

    /** Goes on, if it is time to. */
    void proceed(long now) {
        boolean idle = leaver.protocol().runningCount() == 0;
        if (stage == Stage.DRAINING && (idle || now >= deadlineMillis)) {
            stage = Stage.LEAVING;
            leaver.protocol().leave(now);
            deadlineMillis = now + publishMillis;
        }
    }

    /** Whether the worker may go: everything is told, or there is nobody to tell it to. */
    boolean isOver(long now) {
        return stage == Stage.LEAVING && (isTold() || now >= deadlineMillis);
    }

    /** Whether the broker has every report. */
    boolean isTold() {
        return leaver.log().allAcknowledged();
    }

    /** When {@link #proceed} has something to do at the latest. */
    long nextMillis() {
        return deadlineMillis;
    }
}
