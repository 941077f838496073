package io.sluice.jobs.metrics;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

import java.util.List;

/**
 * Every metric of the jobs, by the name it is registered under. Nothing else registers one, so the
 * reference in the documentation, the rules for Prometheus and the dashboards can be checked
 * against this list.
 *
 * <p>Labels have closed sets of values: Flink cannot take a metric back, so one for each request,
 * tenant or instance would stay for ever. What is told apart by those is in the windows of {@code
 * inference.sla} and on the metrics of workers and of the live page.
 */
public enum JobMetric {
    // Both jobs.
    DEAD_LETTERS("dead_letters_total", Kind.COUNTER, "decode *", "Records that could not be read."),

    // The scheduler job.
    HELD_REQUESTS(
            "held_requests_total",
            Kind.COUNTER,
            "gate",
            "Requests that had to wait for others of their workflow."),
    LET_THROUGH(
            "let_through_total", Kind.COUNTER, "gate", "Those of them that might run in the end."),
    PATH_CHANGES(
            "path_changes_total",
            Kind.COUNTER,
            "gate",
            "Messages about a longest chain that grew or shrank."),
    REFUSALS(
            "refusals_total",
            Kind.COUNTER,
            "gate",
            "code",
            "Requests that cannot run for want of a predecessor."),
    ASSIGNING(
            "assigning",
            Kind.GAUGE,
            "route",
            "1 while requests are assigned, 0 during the hold after a start."),
    REQUESTS(
            "requests_total",
            Kind.COUNTER,
            "route; admit each request once",
            "outcome",
            "Requests by how they ended: in `route` as decided, in the SLA job as committed and counted once."),
    DEADLINE_MISSES(
            "deadline_misses_total",
            Kind.COUNTER,
            "route",
            "Requests with a deadline that did not complete by it."),
    EARLY_REJECTIONS(
            "early_rejections_total",
            Kind.COUNTER,
            "route",
            "Those of them that were rejected while it still lay ahead."),
    WASTED_TOKENS(
            "wasted_tokens_total",
            Kind.COUNTER,
            "route, schedule",
            "cause",
            "Output tokens made for nothing."),
    DROPPED(
            "dropped_total",
            Kind.COUNTER,
            "route, schedule, policies, judge by each objective",
            "cause",
            "Input that was recognised and had no effect: repetitions, stale releases, orders that make no sense."),
    POLICY_CHANGES(
            "policy_changes_total",
            Kind.COUNTER,
            "policies",
            "Changes of policies by the control topic."),
    POLICY_VERSION(
            "policy_version",
            Kind.GAUGE,
            "route, schedule",
            "How many of those changes the subtask goes by."),
    OBJECTIVE_CHANGES(
            "objective_changes_total",
            Kind.COUNTER,
            "judge by each objective",
            "Changes of service level objectives by the control topic."),
    DECISION_DURATION(
            "scheduling_decision_duration_seconds",
            Kind.HISTOGRAM,
            "route, schedule",
            "How long the kernel took over one input."),
    DISPATCHES("dispatches_total", Kind.COUNTER, "schedule", "Commands to run a request."),
    PREEMPTIONS(
            "preemptions_total",
            Kind.COUNTER,
            "schedule",
            "Runs that a lane had interrupted for others."),
    ADOPTIONS(
            "adoptions_total",
            Kind.COUNTER,
            "schedule",
            "Runs that a worker held and a lane did not know."),
    RELEASES("releases_total", Kind.COUNTER, "schedule", "reason", "Requests that a lane let go."),
    QUEUE_SIZE("queue_size", Kind.GAUGE, "schedule", "Requests that wait in lanes."),
    QUEUE_TOKENS("queue_tokens", Kind.GAUGE, "schedule", "Tokens of prompt and output they need."),
    INSTANCE_CREDITS("instance_credits", Kind.GAUGE, "schedule", "Places left at instances."),
    INSTANCE_INFLIGHT("instance_inflight_requests", Kind.GAUGE, "schedule", "Runs out."),
    POOL_SATURATION(
            "pool_saturation",
            Kind.GAUGE,
            "schedule",
            "Share of the places, look-ahead included, that are taken; 1 is all."),
    RESIDENT_LANES(
            "resident_lanes", Kind.GAUGE, "schedule", "Lanes whose order is held in memory."),
    TIMER_LAG(
            "timer_lag_seconds", Kind.GAUGE, "schedule", "How late the last timer of a lane was."),
    UNDELIVERABLE_COMMANDS(
            "undeliverable_commands_total",
            Kind.COUNTER,
            "dispatch",
            "Commands to a partition that the dispatch topic has not."),
    REEMITTED_OUTCOMES(
            "reemitted_outcomes_total",
            Kind.COUNTER,
            "settle; admit each request once",
            "Outcomes written again after a restore, and read again."),

    // The SLA job.
    DUPLICATE_OUTCOMES(
            "duplicate_outcomes_total",
            Kind.COUNTER,
            "admit each request once",
            "Second outcomes that differ from the first: above 0 the law is broken."),
    SLO_VIOLATIONS(
            "slo_violation_total",
            Kind.COUNTER,
            "admit each request once",
            "type",
            "Targets that requests carried and missed."),
    LATE_OUTCOMES(
            "late_outcomes_total",
            Kind.COUNTER,
            "windows",
            "Outcomes that came too late for their window."),
    FOLDED_SERIES(
            "folded_series_total",
            Kind.COUNTER,
            "bound the number of series",
            "scope",
            "Outcomes of tenants, models or instances without a place of their own, counted as `other`."),
    FOLDED_OBJECTIVE_SERIES(
            "folded_objective_series_total",
            Kind.COUNTER,
            "bound the series of objectives",
            "scope",
            "Judgements of tenants, models, tiers or instances without a series of their own in an objective, counted as `other`."),
    TTFT(
            "request_ttft_seconds",
            Kind.HISTOGRAM,
            "admit each request once",
            "Time to first token of completed requests, from submission."),
    TTFT_FROM_DISPATCH(
            "request_ttft_from_dispatch_seconds",
            Kind.HISTOGRAM,
            "admit each request once",
            "Time to first token of completed requests, from dispatch."),
    TPOT(
            "request_tpot_seconds",
            Kind.HISTOGRAM,
            "admit each request once",
            "Time per output token after the first, of completed requests."),
    E2E(
            "request_duration_seconds",
            Kind.HISTOGRAM,
            "admit each request once",
            "Submission to last token of completed requests."),
    QUEUE_WAIT(
            "queue_duration_seconds",
            Kind.HISTOGRAM,
            "admit each request once",
            "outcome",
            "Submission to dispatch, or to the end of the wait without one.");

    /** What a metric is, in the words of Prometheus. */
    public enum Kind {
        /** Grows only. */
        COUNTER,
        /** Goes up and down. */
        GAUGE,
        /** Counters {@code _bucket} with the label {@code le}, {@code _count} and {@code _sum}. */
        HISTOGRAM
    }

    /** What Prometheus shows the names with, once they are shortened. */
    public static final String PREFIX = "sluice_";

    private final String registered;
    private final Kind kind;
    private final String operators;
    private final String label;
    private final String help;

    JobMetric(String registered, Kind kind, String operators, String help) {
        this(registered, kind, operators, "", help);
    }

    JobMetric(String registered, Kind kind, String operators, String label, String help) {
        this.registered = registered;
        this.kind = kind;
        this.operators = operators;
        this.label = label;
        this.help = help;
    }

    /** The name that operators register it under. */
    public String registered() {
        return registered;
    }

    /** What kind of metric it is. */
    public Kind kind() {
        return kind;
    }

    /** The operators that have it, by their names in the job. */
    public String operators() {
        return operators;
    }

    /** What it is told apart by, beside its place; empty if nothing. */
    public String label() {
        return label;
    }

    /** What it is, in a sentence. */
    public String help() {
        return help;
    }

    /** The series that it makes in Prometheus, without their labels. */
    public List<String> series() {
        String name = PREFIX + registered;
        return kind == Kind.HISTOGRAM
                ? List.of(name + "_bucket", name + "_count", name + "_sum")
                : List.of(name);
    }

    /** Registers it as a counter. */
    public Counter counter(MetricGroup group) {
        requireNoLabel();
        return group.counter(registered);
    }

    /** Registers one value of its label as a counter. */
    public Counter counter(MetricGroup group, String value) {
        return labelled(group, value).counter(registered);
    }

    /** Registers it as a gauge. */
    public <T> void gauge(MetricGroup group, Gauge<T> gauge) {
        requireNoLabel();
        group.gauge(registered, gauge);
    }

    /** The group of one value of its label. */
    public MetricGroup labelled(MetricGroup group, String value) {
        if (label.isEmpty()) {
            throw new IllegalArgumentException(registered + " has no label");
        }
        return group.addGroup(label, value);
    }

    private void requireNoLabel() {
        if (!label.isEmpty()) {
            throw new IllegalArgumentException(registered + " is told apart by " + label);
        }
    }
}
