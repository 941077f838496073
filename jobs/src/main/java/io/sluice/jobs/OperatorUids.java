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

    /** SLA job: the windows. */
    public static final String SLA_WINDOWS = "sla-windows";

    /** SLA job: windows topic. */
    public static final String SLA_SINK_WINDOWS = "sla-sink-windows";

    /** SLA job: dead letters topic. */
    public static final String SLA_SINK_DEAD_LETTERS = "sla-sink-dead-letters";

    private OperatorUids() {}
}
