package io.sluice.jobs;

import io.sluice.core.policy.PolicyChoice;

import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

import java.time.Duration;
import java.util.List;

/** Options of the scheduler job. */
public final class SchedulerOptions {

    /** Who goes first. */
    public static final ConfigOption<String> ORDERING =
            policy("ordering", PolicyChoice.DEFAULT.ordering())
                    .withDescription(
                            "Who goes first in a lane, as in semantic:max-overtake=30s. This and the other policies are those of"
                                    + " docs/policies.md, with their parameters; what does not go together is refused.");

    /** Whose turn it is. */
    public static final ConfigOption<String> FAIRNESS =
            policy("fairness", PolicyChoice.DEFAULT.fairness())
                    .withDescription(
                            "Whose turn it is among the tenants of a lane, as in vtc:weights=acme=2/globex=1.");

    /** Who is let in. */
    public static final ConfigOption<String> ADMISSION =
            policy("admission", PolicyChoice.DEFAULT.admission())
                    .withDescription(
                            "Who is let into a lane, as in limits:reject-early=yes,max-requests=P0=20000/shed=100/*=1000.");

    /** When a run is interrupted for another. */
    public static final ConfigOption<String> PREEMPTION =
            policy("preemption", PolicyChoice.DEFAULT.preemption())
                    .withDescription(
                            "When a run is interrupted for another, as in total-wait:stop=20ms.");

    /** When what waits is sent. */
    public static final ConfigOption<String> BATCHING =
            policy("batching", PolicyChoice.DEFAULT.batching())
                    .withDescription(
                            "When what waits in a lane is sent, as in continuous:look-ahead=none.");

    /** Where a request goes. */
    public static final ConfigOption<String> ROUTING =
            policy("routing", PolicyChoice.DEFAULT.routing())
                    .withDescription("How an instance is chosen, as in session-affinity.");

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

    /** How urgent a tenant may be. */
    public static final ConfigOption<String> PRIORITY_CEILINGS =
            ConfigOptions.key("sluice.scheduler.priority-ceilings")
                    .stringType()
                    .defaultValue("")
                    .withDescription(
                            "How high the priority of each tenant's requests may be, as in acme=4/globex=2/*=1, the star for all others; what asks for more gets this. Empty: no ceilings.");

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

    /** Decisions told. */
    public static final ConfigOption<Double> DECISION_SAMPLING =
            ConfigOptions.key("sluice.scheduler.decision-sampling")
                    .doubleType()
                    .defaultValue(1.0)
                    .withDescription(
                            "Share of the requests, from 0 to 1, whose decisions are written to the decisions topic. By"
                                    + " tenant and id, so that a request is told whole or not at all; but how one ends"
                                    + " that does not complete, and that a run is interrupted, is written of all.");

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

    private static ConfigOption<String> policy(String kind, String byDefault) {
        return ConfigOptions.key("sluice.scheduler." + kind + "-policy")
                .stringType()
                .defaultValue(byDefault);
    }

    /** All of them but the checkpoint interval, which the SLA job's options name too. */
    public static OptionSet all() {
        return new OptionSet(
                List.of(
                        ORDERING,
                        FAIRNESS,
                        ADMISSION,
                        PREEMPTION,
                        BATCHING,
                        ROUTING,
                        MAX_PASSES,
                        LEASE,
                        MAX_ATTEMPTS,
                        PRIORITY_CEILINGS,
                        NO_ENDPOINT_TTL,
                        DEDUP_WINDOW,
                        GATE_WAIT,
                        TICK,
                        DISPATCHES_PER_EVENT,
                        RESIDENT_LANES,
                        DECISION_SAMPLING,
                        INLINE_LIMIT,
                        TRANSACTION_TIMEOUT),
                List.of());
    }
}
