package io.sluice.apps.topics;

import io.sluice.schemas.Topic;

import org.apache.kafka.common.acl.AclOperation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import static io.sluice.schemas.Topic.ALERTS;
import static io.sluice.schemas.Topic.CONFIG;
import static io.sluice.schemas.Topic.CONTROL;
import static io.sluice.schemas.Topic.DEAD_LETTERS;
import static io.sluice.schemas.Topic.DECISIONS;
import static io.sluice.schemas.Topic.DISPATCH;
import static io.sluice.schemas.Topic.HANDBACKS;
import static io.sluice.schemas.Topic.OUTCOMES;
import static io.sluice.schemas.Topic.PAYLOADS;
import static io.sluice.schemas.Topic.REQUESTS;
import static io.sluice.schemas.Topic.SLA;
import static io.sluice.schemas.Topic.SLO;
import static io.sluice.schemas.Topic.WORKER_EVENTS;

/** Whoever logs in to Kafka, and all that it has to be allowed for that, no more. */
enum Component {
    /** The scheduler job. */
    SCHEDULER_JOB(
            "the scheduler job",
            reads(REQUESTS, CONTROL, HANDBACKS, WORKER_EVENTS, OUTCOMES),
            writes(DISPATCH, HANDBACKS, WORKER_EVENTS, OUTCOMES, DECISIONS, CONFIG, DEAD_LETTERS),
            List.of(Grant.group("sluice-scheduler"), Grant.transactions("sluice-outcomes"))),
    /** The SLA job. */
    SLA_JOB(
            "the SLA job",
            reads(OUTCOMES, WORKER_EVENTS, CONTROL),
            writes(SLA, SLO, ALERTS, DEAD_LETTERS),
            List.of(Grant.group("sluice-sla"))),
    /** A worker. */
    WORKER("`sluice worker`", reads(DISPATCH), writes(WORKER_EVENTS)),
    /** Whoever submits; a gateway also reads outcomes. */
    CLIENT("`sluice replay`, a gateway", reads(), writes(REQUESTS, PAYLOADS, CONTROL)),
    /** Whoever gives orders. */
    OPERATOR("`sluice control`", reads(), writes(CONTROL)),
    /** The live page. */
    PAGE(
            "`sluice page`",
            reads(
                    REQUESTS,
                    CONTROL,
                    DISPATCH,
                    WORKER_EVENTS,
                    HANDBACKS,
                    OUTCOMES,
                    DECISIONS,
                    CONFIG,
                    SLA,
                    SLO,
                    ALERTS)),
    /** What the live page needs beside that to take orders. */
    PAGE_ORDERS(
            "`sluice page --control-token-file`, beside those of `page`",
            reads(DEAD_LETTERS),
            writes(CONTROL)),
    /** Who tells of alerts. */
    ALERT_RECEIVER("`sluice alerts`", reads(Topic.ALERTS), List.of(Grant.group("sluice-alerts"))),
    /** Who exports spans. */
    SPANS("`sluice spans`", reads(OUTCOMES, DECISIONS), List.of(Grant.group("sluice-spans"))),
    /** Who looks for the life of a request. */
    EXPLAIN(
            "`sluice explain`",
            reads(REQUESTS, CONTROL, DISPATCH, WORKER_EVENTS, HANDBACKS, OUTCOMES, DECISIONS)),
    /** Who checks whether promises were kept. */
    AUDIT(
            "`sluice audit`",
            reads(REQUESTS, CONTROL, DISPATCH, WORKER_EVENTS, HANDBACKS, OUTCOMES, DEAD_LETTERS)),
    /** Who reckons windows anew. */
    SLA_VERIFY("`sluice sla verify`", reads(OUTCOMES, DEAD_LETTERS, SLA, SLO)),
    /** Who sends dead letters again to all topics that can have them. */
    REDRIVE(
            "`sluice redrive`",
            // The others to see what was sent again before.
            reads(DEAD_LETTERS, REQUESTS, CONTROL, WORKER_EVENTS, HANDBACKS),
            writes(REQUESTS, CONTROL, WORKER_EVENTS, HANDBACKS)),
    /** Who makes topics. */
    TOPICS_CREATE(
            "`sluice topics create`",
            on(List.of(Topic.values()), AclOperation.CREATE),
            on(List.of(Topic.values()), AclOperation.DESCRIBE)),
    /** Who checks topics. */
    TOPICS_CHECK(
            "`sluice topics check`",
            on(List.of(Topic.values()), AclOperation.DESCRIBE_CONFIGS),
            on(List.of(Topic.values()), AclOperation.DESCRIBE),
            List.of(Grant.cluster(AclOperation.DESCRIBE_CONFIGS)));

    private final String who;

    // A copy, of records.
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Grant> grants;

    @SafeVarargs
    Component(String who, List<Grant>... grants) {
        this.who = who;
        List<Grant> all = new ArrayList<>();
        for (List<Grant> some : grants) {
            all.addAll(some);
        }
        this.grants = List.copyOf(all);
    }

    private static List<Grant> reads(Topic... topics) {
        return on(List.of(topics), AclOperation.READ);
    }

    private static List<Grant> writes(Topic... topics) {
        return on(List.of(topics), AclOperation.WRITE);
    }

    private static List<Grant> on(Iterable<Topic> topics, AclOperation operation) {
        List<Grant> grants = new ArrayList<>();
        topics.forEach(topic -> grants.add(Grant.on(topic, operation)));
        return grants;
    }

    /** What it is called on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, for people. */
    String who() {
        return who;
    }

    /** All that it has to be allowed. */
    List<Grant> grants() {
        return grants;
    }
}
