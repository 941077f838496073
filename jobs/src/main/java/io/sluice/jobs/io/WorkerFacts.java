package io.sluice.jobs.io;

import io.sluice.jobs.state.CauseFactsState;
import io.sluice.jobs.state.WorkerFact;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import java.time.Duration;

/** What an event of a worker says that may be a cause. */
final class WorkerFacts {

    /** Longer than anything takes: whoever claims more has a wrong clock. */
    private static final long LONGEST_MILLIS = Duration.ofDays(1).toMillis();

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
        Double overhead = event.getDispatchOverheadMs();
        boolean waitOk = wait != null && isPossible(wait);
        double lag = overhead == null ? Double.NaN : lag(event, overhead, appendedMillis);
        boolean lagOk = isPossible(lag);
        boolean impossible = (wait != null && !waitOk) || (overhead != null && !lagOk);
        CauseFactsState facts =
                new CauseFactsState(
                        Long.MIN_VALUE,
                        Long.MIN_VALUE,
                        false,
                        waitOk ? 1 : 0,
                        waitOk ? wait : 0,
                        lagOk ? 1 : 0,
                        lagOk ? Math.round(lag) : 0,
                        0,
                        0,
                        0,
                        0,
                        0);
        return new WorkerFact(appendedMillis, event.getInstanceId(), facts, impossible);
    }

    /**
     * From the decision, by the clock of the job, until the broker has the acceptance. Both times
     * of the worker are of one clock, so their difference is right however wrong that is.
     */
    private static double lag(WorkerEvent event, double overheadMillis, long appendedMillis) {
        double decidedMillis = event.getAt().toEpochMilli() - overheadMillis;
        return appendedMillis - decidedMillis;
    }

    private static boolean isPossible(double millis) {
        return millis >= 0 && millis <= LONGEST_MILLIS;
    }

    private static CauseFactsState alive(long heartbeatMillis, long incarnation, boolean draining) {
        return new CauseFactsState(
                heartbeatMillis, incarnation, draining, 0, 0, 0, 0, 0, 0, 0, 0, 0);
    }
}
