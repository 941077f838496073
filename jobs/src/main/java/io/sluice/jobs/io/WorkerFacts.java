package io.sluice.jobs.io;

import io.sluice.jobs.state.CauseFactsState;
import io.sluice.jobs.state.WorkerFact;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Duration;
import java.time.Instant;

/** What an event of a worker says that may be a cause. */
final class WorkerFacts {

    /** Longer than anything takes: whoever claims more has a wrong clock. */
    private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

    private static final long CLOCKS_MILLIS = 1_000;

    private WorkerFacts() {}

    static WorkerFact of(WorkerEvent event, long appendedMillis) {
        LongTexts.refuse(event);
        return event.getType() == WorkerEventType.HEARTBEAT
                ? new WorkerFact(
                        appendedMillis,
                        event.getInstanceId(),
                        alive(appendedMillis, event.getIncarnation(), event.getDraining()),
                        false)
                : accepted(event, appendedMillis);
    }

    private static WorkerFact accepted(WorkerEvent event, long appendedMillis) {
        Long wait = event.getQueueWaitMs();
        Instant decided = event.getDecidedAt();
        boolean waitOk = wait != null && isPossible(wait);
        long lag = decided == null ? 0 : lag(decided, appendedMillis);
        boolean lagOk = decided != null && isPossible(lag);
        boolean impossible = (wait != null && !waitOk) || (decided != null && !lagOk);
        CauseFactsState facts =
                new CauseFactsState(
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        false,
                        waitOk ? 1 : 0,
                        waitOk ? wait : 0,
                        lagOk ? 1 : 0,
                        lagOk ? lag : 0,
                        0,
                        0,
                        0,
                        0,
                        0);
        return new WorkerFact(appendedMillis, event.getInstanceId(), facts, impossible);
    }

    /**
     * From the decision, by the clock of the job, until the broker has the acceptance: no time of
     * the worker is in it. Two servers' clocks may differ by a little.
     */
    private static long lag(Instant decided, long appendedMillis) {
        long lag = appendedMillis - decided.toEpochMilli();
        return lag < 0 && lag >= -CLOCKS_MILLIS ? 0 : lag;
    }

    private static boolean isPossible(long millis) {
        return millis >= 0 && millis <= LONGEST_MILLIS;
    }

    private static CauseFactsState alive(long heartbeatMillis, long incarnation, boolean draining) {
        return new CauseFactsState(
                heartbeatMillis, incarnation, draining, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
