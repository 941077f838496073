package io.sluice.jobs;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

/** Options of the scheduler job. */
public final class SchedulerOptions {

    /** Who goes first. */
    public static final ConfigOption<String> ORDERING =
            ConfigOptions.key("sluice.scheduler.ordering-policy")
                    .stringType()
                    .defaultValue("priority:max-overtake=30s")
                    .withDescription(
                            "Who goes first in a lane: fcfs, sjf, priority, semantic, critical-path, edf, least-slack, ltr, classification, lpm or"
                                    + " k-lpm, optionally with parameters, as in semantic:max-overtake=30s.");

    /** Where a request goes. */
    public static final ConfigOption<String> ROUTING =
            ConfigOptions.key("sluice.scheduler.routing-policy")
                    .stringType()
                    .defaultValue("least-outstanding")
                    .withDescription(
                            "How an instance is chosen: round-robin, least-outstanding or session-affinity.");

    /** Whether hopeless deadlines are rejected. */
    public static final ConfigOption<Boolean> REJECT_EARLY =
            ConfigOptions.key("sluice.scheduler.reject-early")
                    .booleanType()
                    .defaultValue(false)
                    .withDescription(
                            "Whether a request is rejected when, by its predicted service time, it would miss its deadline"
                                    + " even if it started at once.");

    /** Queue limit in requests. */
    public static final ConfigOption<String> MAX_QUEUED_REQUESTS =
            ConfigOptions.key("sluice.scheduler.band.max-requests")
                    .stringType()
                    .defaultValue("100000")
                    .withDescription(
                            "Requests that each priority band of a lane may hold: one number for all, or some bands"
                                    + " with their own, as in P0=20000,shed=100,*=1000.");

    /** Queue limit in tokens. */
    public static final ConfigOption<String> MAX_QUEUED_TOKENS =
            ConfigOptions.key("sluice.scheduler.band.max-tokens")
                    .stringType()
                    .defaultValue("1000000000")
                    .withDescription(
                            "Prompt and expected output tokens that each priority band of a lane may hold: one number"
                                    + " for all, or some bands with their own.");

    /** How often a head may be passed. */
    public static final ConfigOption<Integer> MAX_PASSES =
            ConfigOptions.key("sluice.scheduler.max-passes")
                    .intType()
                    .defaultValue(16)
                    .withDescription(
                            "How often requests behind it may go before the first of a queue that does not fit the free"
                                    + " memory of its instance.");

    /** Lease of a worker. */
    public static final ConfigOption<Duration> LEASE =
            ConfigOptions.key("sluice.scheduler.worker-lease")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(5))
                    .withDescription(
                            "How long after its last heartbeat, in log time, a worker is dead. Workers must use the same.");

    /** Failures allowed. */
    public static final ConfigOption<Integer> MAX_ATTEMPTS =
            ConfigOptions.key("sluice.scheduler.max-attempts")
                    .intType()
                    .defaultValue(3)
                    .withDescription("Attempts that may fail before the request does.");

    /** How long to wait for an instance. */
    public static final ConfigOption<Duration> NO_ENDPOINT_TTL =
            ConfigOptions.key("sluice.scheduler.no-endpoint-request-ttl")
                    .durationType()
                    .defaultValue(Duration.ofSeconds(30))
                    .withDescription(
                            "How long a request waits for an instance that would take it.");

    /** How long closed ids and dead instances are remembered. */
    public static final ConfigOption<Duration> DEDUP_WINDOW =
            ConfigOptions.key("sluice.scheduler.dedup-window")
                    .durationType()
                    .defaultValue(Duration.ofHours(1))
                    .withDescription(
                            "How long closed requests and dead instances are remembered, so that repeats are recognised."
                                    + " Above the longest run plus the lease, below the retention of the topics.");

    /** How long to wait for a predecessor that nobody has submitted. */
    public static final ConfigOption<Duration> GATE_WAIT =
            ConfigOptions.key("sluice.scheduler.gate-wait")
                    .durationType()
                    .defaultValue(Duration.ofMinutes(1))
                    .withDescription(
                            "How long a request waits for one that its wait_for names and nobody has submitted, before"
                                    + " that counts as failed.");

    /** Granularity of timers. */
    public static final ConfigOption<Duration> TICK =
            ConfigOptions.key("sluice.scheduler.tick")
                    .durationType()
                    .defaultValue(Duration.ofMillis(10))
                    .withDescription("Wake-ups of a lane are rounded up to multiples of this.");

    /** Dispatches at one event. */
    public static final ConfigOption<Integer> DISPATCHES_PER_EVENT =
            ConfigOptions.key("sluice.scheduler.dispatches-per-event")
                    .intType()
                    .defaultValue(256)
                    .withDescription(
                            "Most dispatches that a lane decides at one event; the rest follow a tick later, so that"
                                    + " checkpoints get through.");

    /** Lanes in memory. */
    public static final ConfigOption<Integer> RESIDENT_LANES =
            ConfigOptions.key("sluice.scheduler.resident-lanes")
                    .intType()
                    .defaultValue(10_000)
                    .withDescription(
                            "Lanes whose order is kept in memory at once, for each subtask; others are rebuilt from state"
                                    + " when touched.");

    /** Largest inline prompt. */
    public static final ConfigOption<MemorySize> INLINE_LIMIT =
            ConfigOptions.key("sluice.scheduler.payload-inline-limit")
                    .memoryType()
                    .defaultValue(MemorySize.parse("8kb"))
                    .withDescription(
                            "Largest prompt that a request may carry itself; larger ones lie in the payloads topic.");

    /** Transaction timeout of outcomes. */
    public static final ConfigOption<Duration> TRANSACTION_TIMEOUT =
            ConfigOptions.key("sluice.scheduler.outcome-transaction-timeout")
                    .durationType()
                    .defaultValue(Duration.ofHours(24))
                    .withDescription(
                            "How long the broker keeps a transaction of outcomes open. At most the broker's"
                                    + " transaction.max.timeout.ms, which is 15 minutes unless raised; above the longest"
                                    + " outage that the job shall come back from without writing outcomes again.");

    /** Checkpoint interval. */
    public static final ConfigOption<Duration> CHECKPOINT_INTERVAL =
            SlaOptions.SCHEDULER_CHECKPOINT_INTERVAL;

    private SchedulerOptions() {}

    /** All of them but the checkpoint interval, which the SLA job's options name too. */
    public static OptionSet all() {
        return new OptionSet(
                List.of(
                        ORDERING,
                        ROUTING,
                        REJECT_EARLY,
                        MAX_QUEUED_REQUESTS,
                        MAX_QUEUED_TOKENS,
                        MAX_PASSES,
                        LEASE,
                        MAX_ATTEMPTS,
                        NO_ENDPOINT_TTL,
                        DEDUP_WINDOW,
                        GATE_WAIT,
                        TICK,
                        DISPATCHES_PER_EVENT,
                        RESIDENT_LANES,
                        INLINE_LIMIT,
                        TRANSACTION_TIMEOUT),
                List.of());
    }
}
