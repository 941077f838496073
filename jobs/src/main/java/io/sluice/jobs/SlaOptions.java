package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;

import java.time.Duration;
import java.util.List;

/** Options of the SLA job. */
public final class SlaOptions {

    /** Length of a window. */
    public static final ConfigOption<Duration> WINDOW =
            ConfigOptions.key("sluice.sla.window")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "Length of the shortest windows. Windows tumble and are aligned to the epoch.");

    /** Lengths of the longer windows. */
    public static final ConfigOption<List<Duration>> ROLL_UPS =
            ConfigOptions.key("sluice.sla.roll-ups")
                    .durationType()
                    .asList()
                    .defaultValues(
                            Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofHours(1))
                    .withDescription(
                            "Lengths of the longer windows, ascending, separated by `;`. Each is a multiple of the one"
                                    + " below, the first of `sluice.sla.window`. Changed ones are published as often in"
                                    + " their time as the shortest in theirs, at least each minute.");

    /** How long a window waits for what is late. */
    public static final ConfigOption<Duration> ALLOWED_LATENESS =
            ConfigOptions.key("sluice.sla.allowed-lateness")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long after its end a window still takes outcomes. Outcomes become visible when the"
                                    + " scheduler job commits, after a failure only when it is back: at least three of its"
                                    + " checkpoint intervals, better the time of a restart.");

    /** How often changed windows are published. */
    public static final ConfigOption<Duration> EARLY_FIRING =
            ConfigOptions.key("sluice.sla.early-firing")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(1))
                    .withDescription(
                            "How often windows that changed are published, by the clock of the job.");

    /** How long a request that was counted is remembered. */
    public static final ConfigOption<Duration> DEDUP_WINDOW =
            ConfigOptions.key("sluice.sla.dedup-window")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long a counted request is remembered, so that an outcome written again after a"
                                    + " recovery counts once. One written again even later is left out as late.");

    /** How many values of a scope have windows of their own. */
    public static final ConfigOption<Integer> MAX_SERIES =
            ConfigOptions.key("sluice.sla.max-series")
                    .intType()
                    .defaultValue(1_000)
                    .withDescription(
                            "How many tenants, how many models and how many instances have windows of their own at a"
                                    + " time, and how many values an objective has series for. The rest is counted together"
                                    + " as `other`.");

    /** How long a silent value keeps its place. */
    public static final ConfigOption<Duration> SERIES_TTL =
            ConfigOptions.key("sluice.sla.series-ttl")
                    .durationType()
                    .defaultValue(Duration.ofHours(2))
                    .withDescription(
                            "After which silence, in log time, a tenant, model or instance gives its place to another.");

    /** When a silent partition stops holding time back. */
    public static final ConfigOption<Duration> SOURCE_IDLENESS =
            ConfigOptions.key("sluice.sla.source-idleness")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "After which silence a partition no longer holds the watermark back. At least three"
                                    + " checkpoint intervals of the scheduler job.");

    /** How often the SLA job checkpoints. */
    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            ConfigOptions.key("sluice.sla.checkpoint-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often the SLA job checkpoints. Its output does not wait for it.");

    /** Objectives of the job. */
    public static final ConfigOption<String> OBJECTIVES =
            ConfigOptions.key("sluice.sla.objectives")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "Path of a JSON file of service level objectives, read where the job is submitted. Empty: only"
                                    + " those that the control topic sets.");

    /** What all windows of objectives are multiples of. */
    public static final ConfigOption<Duration> SLO_SLOT =
            ConfigOptions.key("sluice.sla.slo-slot")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(10))
                    .withDescription(
                            "How often objectives are evaluated, in log time. The windows of burn rates are 30, 180, 360,"
                                    + " 2160 and 25920 of it: 5 min, 30 min, 1 h, 6 h and 3 d. Shorter in a demo, where days"
                                    + " are to pass in minutes. When it is changed, counting starts anew.");

    /** When an alert has enough to go by. */
    public static final ConfigOption<Long> ALERT_MIN_REQUESTS =
            ConfigOptions.key("sluice.sla.alert-min-requests")
                    .longType()
                    .defaultValue(20L)
                    .withDescription(
                            "How many requests the short window of a rule must have for an alert to open.");

    /** Rhythm in which outcomes become visible; a fact about the scheduler job. */
    public static final ConfigOption<Duration> SCHEDULER_CHECKPOINT_INTERVAL =
            ConfigOptions.key("sluice.scheduler.checkpoint-interval")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(2))
                    .withDescription(
                            "How often the scheduler job checkpoints: the rhythm in which outcomes become visible.");

    private SlaOptions() {}

    /** All of them. */
    public static OptionSet all() {
        return new OptionSet(
                List.of(
                        WINDOW,
                        ROLL_UPS,
                        ALLOWED_LATENESS,
                        EARLY_FIRING,
                        DEDUP_WINDOW,
                        MAX_SERIES,
                        SERIES_TTL,
                        SOURCE_IDLENESS,
                        CHECKPOINT_INTERVAL,
                        OBJECTIVES,
                        SLO_SLOT,
                        ALERT_MIN_REQUESTS,
                        SCHEDULER_CHECKPOINT_INTERVAL),
                List.of());
    }
}
