package io.sluice.jobs;

/**
 * The uid of every operator: the name under which its state is found in a savepoint. Never renamed
 * and never used again for something else; display names are free to change.
 */
public final class OperatorUids {

    /** SLA job: outcomes topic. */
    public static final String SLA_SOURCE_OUTCOMES = "sla-source-outcomes";

    /** SLA job: parts what was decoded from what could not be. */
    public static final String SLA_DECODE_OUTCOMES = "sla-decode-outcomes";

    /** SLA job: lets each request through once. */
    public static final String SLA_ADMIT = "sla-admit";

    /** SLA job: bounds how many values have windows of their own. */
    public static final String SLA_SERIES = "sla-series";

    /** SLA job: the windows. */
    public static final String SLA_WINDOWS = "sla-windows";

    /** SLA job: windows topic. */
    public static final String SLA_SINK_WINDOWS = "sla-sink-windows";

    /** SLA job: worker-events topic, as log time. */
    public static final String SLA_SOURCE_LOG_TIME = "sla-source-log-time";

    /** SLA job: control topic. */
    public static final String SLA_SOURCE_OBJECTIVES = "sla-source-objectives";

    /** SLA job: parts changes of objectives from what could not be read. */
    public static final String SLA_DECODE_OBJECTIVES = "sla-decode-objectives";

    /** SLA job: changes of objectives without log time. */
    public static final String SLA_TIMELESS_OBJECTIVES = "sla-timeless-objectives";

    /** SLA job: log time for the windows. */
    public static final String SLA_TIME_ALONE = "sla-time-alone";

    /** SLA job: log time for the objectives. */
    public static final String SLA_MOMENTS = "sla-moments";

    /** SLA job: verdicts by objective. */
    public static final String SLA_JUDGE = "sla-judge";

    /** SLA job: which values of an objective have a series of their own. */
    public static final String SLA_OBJECTIVE_VALUES = "sla-objective-values";

    /** SLA job: series of objectives. */
    public static final String SLA_OBJECTIVE_SERIES = "sla-objective-series";

    /** SLA job: what may be why objectives are missed. */
    public static final String SLA_CAUSES = "sla-causes";

    /** SLA job: changes of objectives on their way to the series. */
    public static final String SLA_SIGNALS = "sla-signals";

    /** SLA job: slo topic. */
    public static final String SLA_SINK_STATUSES = "sla-sink-statuses";

    /** SLA job: alerts topic. */
    public static final String SLA_SINK_ALERTS = "sla-sink-alerts";

    /** SLA job: dead letters topic. */
    public static final String SLA_SINK_DEAD_LETTERS = "sla-sink-dead-letters";

    /** Scheduler job: requests topic. */
    public static final String SCHEDULER_SOURCE_REQUESTS = "scheduler-source-requests";

    /** Scheduler job: control topic. */
    public static final String SCHEDULER_SOURCE_CONTROL = "scheduler-source-control";

    /** Scheduler job: hand-backs topic. */
    public static final String SCHEDULER_SOURCE_HANDBACKS = "scheduler-source-handbacks";

    /** Scheduler job: worker-events topic. */
    public static final String SCHEDULER_SOURCE_WORKER_EVENTS = "scheduler-source-worker-events";

    /** Scheduler job: outcomes topic. */
    public static final String SCHEDULER_SOURCE_ENDS = "scheduler-source-ends";

    /** Scheduler job: numbers of job attempts. */
    public static final String SCHEDULER_SOURCE_EPOCHS = "scheduler-source-epochs";

    /** Scheduler job: parts readable requests from others. */
    public static final String SCHEDULER_DECODE_REQUESTS = "scheduler-decode-requests";

    /** Scheduler job: parts readable control events from others. */
    public static final String SCHEDULER_DECODE_CONTROL = "scheduler-decode-control";

    /** Scheduler job: parts readable hand-backs from others. */
    public static final String SCHEDULER_DECODE_HANDBACKS = "scheduler-decode-handbacks";

    /** Scheduler job: parts readable worker events from others. */
    public static final String SCHEDULER_DECODE_WORKER_EVENTS = "scheduler-decode-worker-events";

    /** Scheduler job: parts readable outcomes from others. */
    public static final String SCHEDULER_DECODE_ENDS = "scheduler-decode-ends";

    /** Scheduler job: sends worker events to those they concern. */
    public static final String SCHEDULER_FAN_OUT = "scheduler-fan-out";

    /** Scheduler job: parts control of requests from control of instances. */
    public static final String SCHEDULER_SPLIT_CONTROL = "scheduler-split-control";

    /** Scheduler job: the policies in force. */
    public static final String SCHEDULER_POLICIES = "scheduler-policies";

    /** Scheduler job: ends of requests on their way to the gate. */
    public static final String SCHEDULER_LEARN_ENDS = "scheduler-learn-ends";

    /** Scheduler job: the gate. */
    public static final String SCHEDULER_GATE = "scheduler-gate";

    /** Scheduler job: requests on their way to the gate or the router. */
    public static final String SCHEDULER_SUBMIT = "scheduler-submit";

    /** Scheduler job: hand-backs on their way to the router. */
    public static final String SCHEDULER_RELEASE = "scheduler-release";

    /** Scheduler job: the router. */
    public static final String SCHEDULER_ROUTE = "scheduler-route";

    /** Scheduler job: the lanes. */
    public static final String SCHEDULER_SCHEDULE = "scheduler-schedule";

    /** Scheduler job: the journal of outcomes. */
    public static final String SCHEDULER_SETTLE = "scheduler-settle";

    /** Scheduler job: dispatch topic. */
    public static final String SCHEDULER_SINK_DISPATCH = "scheduler-sink-dispatch";

    /** Scheduler job: hand-backs topic. */
    public static final String SCHEDULER_SINK_HANDBACKS = "scheduler-sink-handbacks";

    /** Scheduler job: outcomes topic. */
    public static final String SCHEDULER_SINK_OUTCOMES = "scheduler-sink-outcomes";

    /** Scheduler job: decisions topic. */
    public static final String SCHEDULER_SINK_DECISIONS = "scheduler-sink-decisions";

    /** Scheduler job: config topic. */
    public static final String SCHEDULER_SINK_CONFIG = "scheduler-sink-config";

    /** Scheduler job: dead letters topic. */
    public static final String SCHEDULER_SINK_DEAD_LETTERS = "scheduler-sink-dead-letters";

    private OperatorUids() {}
}
