package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;
import io.sluice.jobs.SlaOptions;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All settings of the SLA job, checked.
 *
 * @param windowing how log time is cut into windows
 * @param series how many values of a scope have windows of their own
 * @param sourceIdleness after which silence a partition no longer holds log time back
 * @param slo what to say about objectives
 * @param kafka how to reach Kafka
 * @param checkpoints how to checkpoint
 */
public record SlaSettings(
        SlaWindowing windowing,
        SeriesCap series,
        Duration sourceIdleness,
        SloSettings slo,
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
        long commits = reader.millis(SlaOptions.SCHEDULER_CHECKPOINT_INTERVAL);
        long lateness = atLeastCommits(reader, SlaOptions.ALLOWED_LATENESS, commits);
        long idleness = atLeastCommits(reader, SlaOptions.SOURCE_IDLENESS, commits);
        long window = reader.millis(SlaOptions.WINDOW);
        SlaWindowing windowing =
                new SlaWindowing(
                        window,
                        lateness,
                        reader.millis(SlaOptions.EARLY_FIRING),
                        reader.millis(SlaOptions.DEDUP_WINDOW),
                        rollUps(reader, window));
        // Upgraded from its last checkpoint, so nothing in flight may be part of it.
        CheckpointSettings checkpoints =
                CheckpointSettings.from(reader, SlaOptions.CHECKPOINT_INTERVAL, false);
        return new SlaSettings(
                windowing,
                new SeriesCap(
                        reader.atLeast(1, SlaOptions.MAX_SERIES),
                        reader.millis(SlaOptions.SERIES_TTL)),
                Duration.ofMillis(idleness),
                SloSettings.from(reader),
                KafkaSettings.from(reader),
                checkpoints);
    }

    private static List<Long> rollUps(SettingsReader reader, long window) {
        List<Long> lengths = new ArrayList<>();
        long below = window;
        for (Duration rollUp : reader.get(SlaOptions.ROLL_UPS)) {
            boolean fits =
                    rollUp.compareTo(SettingsReader.LONGEST) <= 0
                            && rollUp.toMillis() > below
                            && rollUp.toMillis() % below == 0;
            if (!fits) {
                throw new SettingsException(
                        "%s: %s must be a multiple of the %d ms of the windows below it, at least twice that"
                                .formatted(SlaOptions.ROLL_UPS.key(), rollUp, below));
            }
            below = rollUp.toMillis();
            lengths.add(below);
        }
        return lengths;
    }

    private static long atLeastCommits(
            SettingsReader reader, ConfigOption<Duration> option, long commits) {
        long value = reader.millis(option);
        if (value < COMMITS * commits) {
            throw new SettingsException(
                    "%s = %d ms must be at least %d ms, %d times %s: that is how outcomes become visible"
                            .formatted(
                                    option.key(),
                                    value,
                                    COMMITS * commits,
                                    COMMITS,
                                    SlaOptions.SCHEDULER_CHECKPOINT_INTERVAL.key()));
        }
        return value;
    }
}
