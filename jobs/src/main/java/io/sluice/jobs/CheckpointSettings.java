package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;

/**
 * How a job checkpoints, where jobs differ.
 *
 * @param interval time between the starts of two checkpoints
 * @param unalignedFallback whether a checkpoint whose barriers are stuck may overtake the records
 *     before it. Not for a job that is upgraded from its last checkpoint: records in flight have no
 *     schema evolution
 */
public record CheckpointSettings(Duration interval, boolean unalignedFallback) {

    /** Flink accepts no shorter interval. */
    private static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    /**
     * Settings with the interval that an option says.
     *
     * @throws SettingsException if Flink would not take it
     */
    public static CheckpointSettings from(
            SettingsReader reader, ConfigOption<Duration> interval, boolean unalignedFallback) {
        long millis = reader.millis(interval, SHORTEST_INTERVAL, SettingsReader.LONGEST);
        return new CheckpointSettings(Duration.ofMillis(millis), unalignedFallback);
    }
}
