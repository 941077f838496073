package io.sluice.jobs.testing;

import io.sluice.jobs.epoch.TickPublisher;
import io.sluice.jobs.flow.Tick;
import io.sluice.jobs.flow.WorkerLogRecord;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Appends ticks to a workers' log in memory. */
public final class MemoryTicks implements TickPublisher {

    private static final Map<Integer, MemoryTopic<WorkerLogRecord>> LOGS =
            new ConcurrentHashMap<>();
    private static final AtomicInteger IDS = new AtomicInteger();

    private final MemoryTopic<WorkerLogRecord> log;

    private MemoryTicks(MemoryTopic<WorkerLogRecord> log) {
        this.log = log;
    }

    /** Makes publishers that append to the log, wherever in this process they run. */
    public static TickPublisher.Factory factory(MemoryTopic<WorkerLogRecord> log) {
        int id = IDS.incrementAndGet();
        LOGS.put(id, log);
        return () -> new MemoryTicks(LOGS.get(id));
    }

    @Override
    public void publish(long epoch) {
        log.appendAt(
                position ->
                        new WorkerLogRecord(
                                position, null, new Tick(epoch, 0, 1, position.timestampMillis())));
    }

    @Override
    public void close() {}
}
