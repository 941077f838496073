package io.sluice.jobs.scheduling;

import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;

import org.apache.flink.configuration.ConfigOption;

import java.time.Duration;

/**
 * All settings of the scheduler job, checked.
 *
 * @param scheduling how it schedules
 * @param inlineLimitBytes largest prompt that a request may carry inline
 * @param transactionTimeout how long the broker keeps a transaction of outcomes open
 * @param kafka how to reach Kafka
 * @param checkpoints how to checkpoint
 */
public record SchedulerSettings(
        SchedulingSettings scheduling,
        int inlineLimitBytes,
        Duration transactionTimeout,
        KafkaSettings kafka,
        CheckpointSettings checkpoints) {

    /**
     * Reads the options of {@link SchedulerOptions}.
     *
     * @throws SettingsException if one is missing, unreadable, or out of range
     */
    public static SchedulerSettings from(SettingsReader reader) {
        CheckpointSettings checkpoints =
                new CheckpointSettings(
                        Duration.ofMillis(millis(reader, SchedulerOptions.CHECKPOINT_INTERVAL)),
                        true);
        return new SchedulerSettings(
                scheduling(reader),
                Math.toIntExact(reader.get(SchedulerOptions.INLINE_LIMIT).getBytes()),
                reader.get(SchedulerOptions.TRANSACTION_TIMEOUT),
                KafkaSettings.from(reader),
                checkpoints);
    }

    private static SchedulingSettings scheduling(SettingsReader reader) {
        try {
            return new SchedulingSettings(
                    reader.get(SchedulerOptions.ORDERING),
                    reader.get(SchedulerOptions.ROUTING),
                    reader.get(SchedulerOptions.REJECT_EARLY),
                    positive(reader, SchedulerOptions.MAX_QUEUED_REQUESTS).intValue(),
                    positive(reader, SchedulerOptions.MAX_QUEUED_TOKENS).longValue(),
                    reader.get(SchedulerOptions.MAX_PASSES),
                    millis(reader, SchedulerOptions.LEASE),
                    positive(reader, SchedulerOptions.MAX_ATTEMPTS).intValue(),
                    millis(reader, SchedulerOptions.NO_ENDPOINT_TTL),
                    millis(reader, SchedulerOptions.DEDUP_WINDOW),
                    millis(reader, SchedulerOptions.TICK),
                    positive(reader, SchedulerOptions.DISPATCHES_PER_EVENT).intValue(),
                    positive(reader, SchedulerOptions.RESIDENT_LANES).intValue());
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage(), e);
        }
    }

    private static long millis(SettingsReader reader, ConfigOption<Duration> option) {
        Duration value = reader.get(option);
        if (value.toMillis() < 1) {
            throw new SettingsException(
                    "%s = %d ms must be at least 1 ms".formatted(option.key(), value.toMillis()));
        }
        return value.toMillis();
    }

    private static <N extends Number> N positive(SettingsReader reader, ConfigOption<N> option) {
        N value = reader.get(option);
        if (value.longValue() < 1) {
            throw new SettingsException(
                    "%s = %s must be at least 1".formatted(option.key(), value));
        }
        return value;
    }
}
