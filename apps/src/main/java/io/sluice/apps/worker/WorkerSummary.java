package io.sluice.apps.worker;

import io.sluice.schemas.avro.WorkerEventType;

import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What a worker did in its life.
 *
 * @param instanceId its instance
 * @param reports events reported, by kind; repetitions count
 * @param incarnations how often it registered
 * @param busyNanos time with at least one sequence running
 * @param idleWhileQueuedNanos time lost for want of work that the lane had
 */
public record WorkerSummary(
        String instanceId,
        Map<WorkerEventType, Long> reports,
        long incarnations,
        long busyNanos,
        long idleWhileQueuedNanos) {

    /** Events reported of one kind. */
    public long count(WorkerEventType type) {
        return reports.getOrDefault(type, 0L);
    }

    /** Part of the time that could have been busy and was lost, 0 to 1. */
    public double lostShare() {
        return busyNanos == 0 ? 0 : (double) idleWhileQueuedNanos / busyNanos;
    }

    /** One line for people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%s: %d accepted, %d completed, %d failed, %d cancelled, %d refused, %d preempted, %d given back; busy_ms=%d idle_while_queued_ms=%d (%.2f %%)",
                instanceId,
                count(WorkerEventType.ACCEPTED),
                count(WorkerEventType.COMPLETED),
                count(WorkerEventType.FAILED),
                count(WorkerEventType.CANCELLED),
                count(WorkerEventType.REFUSED),
                count(WorkerEventType.PREEMPTED),
                count(WorkerEventType.GIVEN_BACK),
                TimeUnit.NANOSECONDS.toMillis(busyNanos),
                TimeUnit.NANOSECONDS.toMillis(idleWhileQueuedNanos),
                lostShare() * 100);
    }
}
