package io.sluice.jobs.scheduling;

import io.sluice.jobs.CheckpointSettings;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.SchedulerOptions;
import io.sluice.jobs.SettingsException;
import io.sluice.jobs.SettingsReader;
import io.sluice.schemas.Topic;

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

    /** The Kafka client counts milliseconds in an int. */
    private static final Duration LONGEST_TRANSACTION = Duration.ofMillis(Integer.MAX_VALUE);

    /**
     * Reads the options of {@link SchedulerOptions}.
     *
     * @throws SettingsException if one is missing, unreadable, or out of range
     */
    public static SchedulerSettings from(SettingsReader reader) {
        CheckpointSettings checkpoints =
                CheckpointSettings.from(reader, SchedulerOptions.CHECKPOINT_INTERVAL, true);
        return new SchedulerSettings(
                scheduling(reader),
                reader.bytes(
                        SchedulerOptions.INLINE_LIMIT, Topic.REQUESTS.storage().maxMessageBytes()),
                transactionTimeout(reader, checkpoints.interval()),
                KafkaSettings.from(reader),
                checkpoints);
    }

    /** A transaction lasts from one checkpoint to the next. */
    private static Duration transactionTimeout(SettingsReader reader, Duration interval) {
        long millis =
                reader.millis(
                        SchedulerOptions.TRANSACTION_TIMEOUT,
                        Duration.ofMillis(1),
                        LONGEST_TRANSACTION);
        if (millis <= interval.toMillis()) {
            throw new SettingsException(
                    "%s = %d ms must be above %s = %d ms: a transaction lasts from one checkpoint to the next"
                            .formatted(
                                    SchedulerOptions.TRANSACTION_TIMEOUT.key(),
                                    millis,
                                    SchedulerOptions.CHECKPOINT_INTERVAL.key(),
                                    interval.toMillis()));
        }
        return Duration.ofMillis(millis);
    }

    private static SchedulingSettings scheduling(SettingsReader reader) {
        try {
            SchedulingSettings settings = read(reader);
            // What the kernel refuses would else be found out by the running job, again and again.
            settings.lane();
            settings.router();
            settings.gate();
            return settings;
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage(), e);
        }
    }

    private static SchedulingSettings read(SettingsReader reader) {
        return new SchedulingSettings(
                PolicyOptions.read(reader),
                reader.atLeast(0, SchedulerOptions.MAX_PASSES),
                reader.millis(SchedulerOptions.LEASE),
                reader.atLeast(1, SchedulerOptions.MAX_ATTEMPTS),
                reader.millis(SchedulerOptions.NO_ENDPOINT_TTL),
                reader.millis(SchedulerOptions.DEDUP_WINDOW),
                reader.millis(SchedulerOptions.GATE_WAIT),
                reader.millis(SchedulerOptions.TICK),
                reader.atLeast(1, SchedulerOptions.DISPATCHES_PER_EVENT),
                reader.atLeast(1, SchedulerOptions.RESIDENT_LANES),
                reader.share(SchedulerOptions.DECISION_SAMPLING),
                ceilings(reader));
    }

    private static PriorityCeilings ceilings(SettingsReader reader) {
        try {
            return PriorityCeilings.parse(reader.get(SchedulerOptions.PRIORITY_CEILINGS));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(
                    "%s: %s".formatted(SchedulerOptions.PRIORITY_CEILINGS.key(), e.getMessage()),
                    e);
        }
    }
}
