package io.sluice.schemas;

import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloStatus;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.avro.specific.SpecificRecord;

import java.util.Optional;

import static io.sluice.schemas.TopicFlow.Delivery.AT_LEAST_ONCE;
import static io.sluice.schemas.TopicFlow.Delivery.EXACTLY_ONCE;
import static io.sluice.schemas.TopicStorage.Cleanup.COMPACT;
import static io.sluice.schemas.TopicStorage.Cleanup.COMPACT_DELETE;
import static io.sluice.schemas.TopicStorage.TimestampType.LOG_APPEND_TIME;

/**
 * The catalogue of topics: every topic of the pipeline, what is in it, how the broker keeps it, and
 * who writes and reads it. Topics are created and checked, and the table in the documentation is
 * rendered, from here.
 *
 * <p>What the scheduler job reads is kept for {@value #INPUT_DAYS} days, so that a job that was
 * down for a long weekend loses no request.
 */
public enum Topic {
    /** What to run. */
    REQUESTS(
            "requests",
            TopicMessage.of("request_id", InferenceRequest.class, "what to run"),
            TopicStorage.delete(Topic.BUSY, Topic.INPUT_DAYS).with(LOG_APPEND_TIME),
            new TopicFlow(AT_LEAST_ONCE, "clients, gateway, replay", "SchedulerJob")),
    /** Prompts above the inline limit, as raw bytes. */
    PAYLOADS(
            "payloads",
            TopicMessage.raw("request_id", "prompts above the inline limit, as they are"),
            TopicStorage.delete(Topic.BUSY, Topic.INPUT_DAYS)
                    .withMaxMessageBytes(Topic.MAX_PAYLOAD_BYTES),
            new TopicFlow(AT_LEAST_ONCE, "clients, gateway, replay", "workers, by offset")),
    /** Cancel, re-prioritise, drain; other policies and objectives. */
    CONTROL(
            "control",
            TopicMessage.of(
                    "request_id, instance_id, policy, or objective",
                    ControlEvent.class,
                    "cancel, re-prioritise, drain, undrain, other policies, objectives"),
            TopicStorage.delete(Topic.QUIET, Topic.INPUT_DAYS),
            new TopicFlow(AT_LEAST_ONCE, "clients, operators", "SchedulerJob, SlaJob")),
    /** Policies in force; instances, limits, prices, weights are reserved. */
    CONFIG(
            "config",
            TopicMessage.of(
                    "kind/id",
                    ConfigEvent.class,
                    "policies in force; instances, limits, prices, weights (reserved)"),
            TopicStorage.forever(Topic.ORDERED, COMPACT),
            new TopicFlow(AT_LEAST_ONCE, "SchedulerJob (policies)", "page")),
    /** Commands of the lanes to the workers. */
    DISPATCH(
            "dispatch",
            TopicMessage.of(
                    "instance_id",
                    DispatchCommand.class,
                    "dispatch, cancel, preempt, sync, fence, drain, undrain"),
            TopicStorage.delete(Topic.BUSY, 1),
            new TopicFlow(AT_LEAST_ONCE, "SchedulerJob (lane)", "workers")),
    /** What the workers report, and the ticks of the scheduler job. */
    WORKER_EVENTS(
            "worker-events",
            TopicMessage.of(
                    "instance_id; none for ticks",
                    WorkerEvent.class,
                    "registrations, heartbeats, the course of each run; ticks"),
            TopicStorage.delete(Topic.BUSY, Topic.INPUT_DAYS).with(LOG_APPEND_TIME),
            new TopicFlow(AT_LEAST_ONCE, "workers; SchedulerJob (ticks)", "SchedulerJob, SlaJob")),
    /** Requests that a lane releases to the router. */
    HANDBACKS(
            "handbacks",
            TopicMessage.of("request_id", HandBack.class, "requests that a lane will not run"),
            TopicStorage.delete(Topic.BUSY, Topic.INPUT_DAYS),
            new TopicFlow(AT_LEAST_ONCE, "SchedulerJob (lane)", "SchedulerJob (route)")),
    /** One final record for each request. */
    OUTCOMES(
            "outcomes",
            TopicMessage.of(
                    "request_id", RequestOutcome.class, "how each request ended: one record each"),
            TopicStorage.delete(Topic.BUSY, Topic.INPUT_DAYS).with(LOG_APPEND_TIME),
            new TopicFlow(
                    EXACTLY_ONCE,
                    "SchedulerJob (settle)",
                    "clients, gateway, SchedulerJob (gate), SlaJob (read_committed)")),
    /** Why: one record for each decision about a request. */
    DECISIONS(
            "decisions",
            TopicMessage.of(
                    "request_id",
                    Decision.class,
                    "why: one record for each hold, assignment, dispatch, release, stop, interruption, adoption, end"),
            TopicStorage.delete(Topic.BUSY, 3),
            new TopicFlow(
                    AT_LEAST_ONCE, "SchedulerJob (route, lane)", "explain, people, analysis")),
    /** Aggregates by window and group. */
    SLA(
            "sla",
            TopicMessage.of(
                    "window_start+length/scope/scope_value",
                    SlaWindow.class,
                    "aggregates by window and group; the newest of a key holds"),
            TopicStorage.delete(Topic.QUIET, 30).with(COMPACT_DELETE),
            new TopicFlow(AT_LEAST_ONCE, "SlaJob", "dashboards, reports")),
    /** How each objective stands. */
    SLO(
            "slo",
            TopicMessage.of(
                    "objective/scope/scope_value",
                    SloStatus.class,
                    "attainment, error budget and burn rates of each objective; the newest of a key holds"),
            TopicStorage.delete(Topic.QUIET, 30).with(COMPACT_DELETE),
            new TopicFlow(AT_LEAST_ONCE, "SlaJob", "page, dashboards, reports")),
    /** Error budgets that are spent too fast. */
    ALERTS(
            "alerts",
            TopicMessage.of(
                    "alert_id",
                    Alert.class,
                    "alerts opened, updated, resolved; the newest of a key holds"),
            TopicStorage.delete(Topic.QUIET, 30).with(COMPACT_DELETE),
            new TopicFlow(AT_LEAST_ONCE, "SlaJob", "page, alerts (whoever is on call)")),
    /** Records that could not be read or were too late to count, with their origin. */
    DEAD_LETTERS(
            "dead-letters",
            TopicMessage.of(
                    "topic-partition-offset of origin",
                    DeadLetter.class,
                    "records that could not be read, with origin and bytes; what was too late, with origin"),
            TopicStorage.delete(Topic.QUIET, 14).withMaxMessageBytes(Topic.MAX_DEAD_LETTER_BYTES),
            new TopicFlow(AT_LEAST_ONCE, "SchedulerJob, SlaJob", "operators"));

    /** Days for which the inputs of the scheduler job are kept. */
    static final int INPUT_DAYS = 7;

    /** Partitions of a topic that carries every request. */
    private static final int BUSY = 8;

    /** Partitions of a topic with little traffic. */
    private static final int QUIET = 4;

    /** Partitions of a topic whose records have one order: a change names its position in it. */
    private static final int ORDERED = 1;

    /** A prompt of some millions of tokens. */
    private static final int MAX_PAYLOAD_BYTES = 16 << 20;

    /** The largest record of another topic, with room for its origin and the error. */
    private static final int MAX_DEAD_LETTER_BYTES = 2 << 20;

    private final String suffix;
    private final TopicMessage message;
    private final TopicStorage storage;
    private final TopicFlow flow;

    Topic(String suffix, TopicMessage message, TopicStorage storage, TopicFlow flow) {
        this.suffix = suffix;
        this.message = message;
        this.storage = storage;
        this.flow = flow;
    }

    /** Full name of the topic in an installation. */
    public String name(TopicPrefix prefix) {
        return prefix.value() + suffix;
    }

    /**
     * The topic with this name in an installation.
     *
     * @return empty if the name has another prefix or suffix
     */
    public static Optional<Topic> named(String name, TopicPrefix prefix) {
        for (Topic topic : values()) {
            if (topic.name(prefix).equals(name)) {
                return Optional.of(topic);
            }
        }
        return Optional.empty();
    }

    /** Name of the topic without the prefix. */
    public String suffix() {
        return suffix;
    }

    /** What is in it. */
    public TopicMessage message() {
        return message;
    }

    /** Class of its values; empty where values are raw bytes. */
    public Optional<Class<? extends SpecificRecord>> valueClass() {
        return Optional.ofNullable(message.value());
    }

    /** How the broker keeps it. */
    public TopicStorage storage() {
        return storage;
    }

    /** Who writes and who reads it, and how surely. */
    public TopicFlow flow() {
        return flow;
    }
}
