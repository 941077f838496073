package io.sluice.jobs.scheduling;

import io.sluice.core.kernel.LogClock;

import java.util.HashMap;
import java.util.Map;

/**
 * Time of the workers' log as this subtask has read it. Everything of a partition comes over one
 * channel in order, so when a later time has been read, so has every earlier report for any lane of
 * this subtask. Transient: a restored subtask has read nothing, and declares nobody dead.
 */
final class PartitionClock implements LogClock {

    private final Map<Integer, Long> latest = new HashMap<>();

    void read(int partition, long logMillis) {
        latest.merge(partition, logMillis, Math::max);
    }

    @Override
    public long latestMillis(int partition) {
        return latest.getOrDefault(partition, UNREAD);
    }
}
