package io.sluice.jobs.io;

import io.sluice.core.model.Release;
import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.epoch.EpochSource;
import io.sluice.jobs.flow.ControlMessage;
import io.sluice.jobs.flow.DecisionMessage;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.PolicyAnnouncement;
import io.sluice.jobs.flow.ReleaseMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.scheduling.OutcomeEncoder;
import io.sluice.jobs.scheduling.PriorityCeilings;
import io.sluice.jobs.scheduling.SchedulerSettings;
import io.sluice.jobs.scheduling.SchedulerSinks;
import io.sluice.jobs.scheduling.SchedulerSources;
import io.sluice.jobs.state.EncodedOutcome;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TopicPrefix;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.sink.TransactionNamingStrategy;

import org.apache.kafka.clients.producer.ProducerConfig;

import java.time.Clock;
import java.util.List;
import java.util.Properties;

/** The Kafka edges of the scheduler job. */
public final class SchedulerKafka {

    /** Every topic that the job reads or writes. */
    public static final List<Topic> TOPICS =
            List.of(
                    Topic.REQUESTS,
                    Topic.CONTROL,
                    Topic.HANDBACKS,
                    Topic.WORKER_EVENTS,
                    Topic.DISPATCH,
                    Topic.OUTCOMES,
                    Topic.DECISIONS,
                    Topic.CONFIG,
                    Topic.DEAD_LETTERS);

    /** Consumer group of the job, which says there how far it has read. */
    public static final String GROUP_ID = "sluice-scheduler";

    private static final String TRANSACTION_PREFIX = "sluice-outcomes";

    private final SchedulerSettings settings;
    private final KafkaSettings kafka;
    private final KafkaEdges edges;

    /** Edges to the Kafka of the settings. */
    public SchedulerKafka(SchedulerSettings settings) {
        this.settings = settings;
        this.kafka = settings.kafka();
        this.edges = new KafkaEdges(kafka);
    }

    /** Everything the job reads. */
    public SchedulerSources sources() {
        PriorityCeilings ceilings = settings.scheduling().ceilings();
        return new SchedulerSources(
                edges.committedRecords(
                        Topic.REQUESTS,
                        GROUP_ID,
                        requestSchema(settings.inlineLimitBytes(), ceilings)),
                edges.committedRecords(Topic.CONTROL, GROUP_ID, controlSchema(ceilings)),
                edges.committedRecords(Topic.HANDBACKS, GROUP_ID, handBackSchema()),
                edges.committedRecords(Topic.WORKER_EVENTS, GROUP_ID, workerEventSchema()),
                edges.committedRecords(Topic.OUTCOMES, GROUP_ID, endSchema()),
                epochs(Clock.systemUTC()));
    }

    /**
     * The numbers of job attempts, and their ticks.
     *
     * @param clock tells attempts apart that were restored from one checkpoint
     */
    public EpochSource epochs(Clock clock) {
        return new EpochSource(clock, KafkaTicks.factory(kafka));
    }

    /** How requests are read. */
    public static DecodingSchema<InferenceRequest, Submission> requestSchema(int inlineLimitBytes) {
        return requestSchema(inlineLimitBytes, PriorityCeilings.NONE);
    }

    static DecodingSchema<InferenceRequest, Submission> requestSchema(
            int inlineLimitBytes, PriorityCeilings ceilings) {
        return new DecodingSchema<>(
                InferenceRequest.class,
                new RequestMapping(inlineLimitBytes, ceilings),
                TypeInformation.of(new TypeHint<Decoded<Submission>>() {}));
    }

    /** How control events are read. */
    public static DecodingSchema<ControlEvent, ControlMessage> controlSchema() {
        return controlSchema(PriorityCeilings.NONE);
    }

    static DecodingSchema<ControlEvent, ControlMessage> controlSchema(PriorityCeilings ceilings) {
        return new DecodingSchema<>(
                ControlEvent.class,
                new ControlMapping(ceilings),
                TypeInformation.of(new TypeHint<Decoded<ControlMessage>>() {}));
    }

    /** How hand-backs are read. */
    public static DecodingSchema<HandBack, Release> handBackSchema() {
        return new DecodingSchema<>(
                HandBack.class,
                new ReleaseMapping(),
                TypeInformation.of(new TypeHint<Decoded<Release>>() {}));
    }

    /** How the workers' log is read. */
    public static DecodingSchema<WorkerEvent, WorkerLogRecord> workerEventSchema() {
        return new DecodingSchema<>(
                WorkerEvent.class,
                new WorkerEventMapping(),
                TypeInformation.of(new TypeHint<Decoded<WorkerLogRecord>>() {}));
    }

    /** How outcomes are read by the gate, which needs only their ends. */
    public static DecodingSchema<RequestOutcome, EndNotice> endSchema() {
        return new DecodingSchema<>(
                RequestOutcome.class,
                new EndNoticeMapping(),
                TypeInformation.of(new TypeHint<Decoded<EndNotice>>() {}));
    }

    /** How outcomes are encoded. */
    public static OutcomeEncoder outcomeEncoder() {
        return new SettledMapping();
    }

    /** Everything the job writes. */
    public SchedulerSinks sinks() {
        return new SchedulerSinks(
                edges.atOnce(new CommandSchema(edges.name(Topic.DISPATCH))),
                edges.atOnce(
                        new EncodingSchema<ReleaseMessage, HandBack>(
                                edges.name(Topic.HANDBACKS),
                                HandBack.class,
                                ReleaseMapping::key,
                                ReleaseMapping::record)),
                outcomes(),
                edges.atLeastOnce(
                        new EncodingSchema<DecisionMessage, Decision>(
                                edges.name(Topic.DECISIONS),
                                Decision.class,
                                DecisionMapping::key,
                                DecisionMapping::record)),
                edges.atLeastOnce(
                        new EncodingSchema<PolicyAnnouncement, ConfigEvent>(
                                edges.name(Topic.CONFIG),
                                ConfigEvent.class,
                                PolicyMapping::key,
                                PolicyMapping::record)),
                edges.deadLetters());
    }

    /**
     * Outcomes become visible when a checkpoint completes, all or none: a rejection decided after
     * the checkpoint might be decided otherwise on replay. Readers use {@code read_committed}.
     */
    private KafkaSink<EncodedOutcome> outcomes() {
        Properties properties = kafka.properties();
        properties.put(
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                Long.toString(settings.transactionTimeout().toMillis()));
        return KafkaSink.<EncodedOutcome>builder()
                .setKafkaProducerConfig(properties)
                .setBootstrapServers(kafka.bootstrapServers())
                .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
                .setTransactionalIdPrefix(transactionPrefix(kafka.topicPrefix()))
                .setTransactionNamingStrategy(TransactionNamingStrategy.POOLING)
                .setRecordSerializer(new OutcomeSchema(edges.name(Topic.OUTCOMES)))
                .build();
    }

    /** What the ids of the transactions begin with: one installation does not fence another. */
    static String transactionPrefix(TopicPrefix topics) {
        return topics.value() + TRANSACTION_PREFIX;
    }
}
