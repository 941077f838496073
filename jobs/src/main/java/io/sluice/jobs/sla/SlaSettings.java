package io.sluice.jobs.sla;

import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;
import io.sluice.jobs.SlaOptions;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;

/**
 * All settings of the SLA job, checked.
 *
 * @param windowing how log time is cut into windows
 * @param sourceIdleness after which silence a partition no longer holds log time back
 * @param kafka how to reach Kafka
 * @param checkpoints how to checkpoint
 */
public record SlaSettings(
        SlaWindowing windowing,
        Duration sourceIdleness,
        KafkaSettings kafka,
        CheckpointSettings checkpoints) {

    /**
     * Commits of outcomes that may be missed before the rest of the topic is taken to have moved
     * on.
     */
    private static final int COMMITS = 3;

    /**
     * Reads the options of {@link SlaOptions}.
     *
     * @throws SettingsException if one is missing, unreadable, or does not fit the others
     */
    public static SlaSettings from(SettingsReader reader) {
        Duration lateness = reader.get(SlaOptions.ALLOWED_LATENESS);
        Duration idleness = reader.get(SlaOptions.SOURCE_IDLENESS);
        Duration commits = positive(reader, SlaOptions.SCHEDULER_CHECKPOINT_INTERVAL);
        requireAtLeastCommits(SlaOptions.ALLOWED_LATENESS, lateness, commits);
        requireAtLeastCommits(SlaOptions.SOURCE_IDLENESS, idleness, commits);
        SlaWindowing windowing =
                new SlaWindowing(
                        positive(reader, SlaOptions.WINDOW).toMillis(),
                        lateness.toMillis(),
                        positive(reader, SlaOptions.EARLY_FIRING).toMillis(),
                        positive(reader, SlaOptions.DEDUP_WINDOW).toMillis());
        // Upgraded from its last checkpoint, so nothing in flight may be part of it.
        CheckpointSettings checkpoints =
                new CheckpointSettings(positive(reader, SlaOptions.CHECKPOINT_INTERVAL), false);
        return new SlaSettings(windowing, idleness, KafkaSettings.from(reader), checkpoints);
    }

    private static Duration positive(SettingsReader reader, ConfigOption<Duration> option) {
        Duration value = reader.get(option);
        if (value.toMillis() < 1) {
            throw new SettingsException(
                    "%s = %s must be at least 1 ms".formatted(option.key(), shown(value)));
        }
        return value;
    }

    private static void requireAtLeastCommits(
            ConfigOption<Duration> option, Duration value, Duration commits) {
        Duration least = commits.multipliedBy(COMMITS);
        if (value.compareTo(least) < 0) {
            throw new SettingsException(
                    "%s = %s must be at least %s, %d times %s: that is how outcomes become visible"
                            .formatted(
                                    option.key(),
                                    shown(value),
                                    shown(least),
                                    COMMITS,
                                    SlaOptions.SCHEDULER_CHECKPOINT_INTERVAL.key()));
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() + " ms";
    }
}
