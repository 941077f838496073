package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.sla.SlaSinks;
import io.sluice.jobs.sla.SlaSources;
import io.sluice.jobs.state.AlertUpdate;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.jobs.state.SloStatusUpdate;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.Alert;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;
import io.sluice.schemas.avro.SloStatus;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;

import java.util.List;

/** The Kafka edges of the SLA job. */
public final class SlaKafka {

    /** Every topic that the job reads or writes. */
    public static final List<Topic> TOPICS =
            List.of(
                    Topic.OUTCOMES,
                    Topic.WORKER_EVENTS,
                    Topic.CONTROL,
                    Topic.SLA,
                    Topic.SLO,
                    Topic.ALERTS,
                    Topic.DEAD_LETTERS);

    /** Consumer group by which the brokers show how far the job has read. */
    public static final String GROUP_ID = "sluice-sla";

    private final KafkaEdges edges;

    /** Edges to the Kafka of the settings. */
    public SlaKafka(KafkaSettings settings) {
        this.edges = new KafkaEdges(settings);
    }

    /** How outcomes are read. */
    static DecodingSchema<RequestOutcome, SlaOutcome> outcomeSchema() {
        return new DecodingSchema<>(
                RequestOutcome.class,
                new OutcomeMapping(),
                TypeInformation.of(new TypeHint<Decoded<SlaOutcome>>() {}));
    }

    /** Everything the job reads. */
    public SlaSources sources() {
        return new SlaSources(
                edges.committedRecords(Topic.OUTCOMES, GROUP_ID, outcomeSchema()),
                edges.committedRecords(Topic.WORKER_EVENTS, GROUP_ID, new LogTimeSchema()),
                edges.committedRecords(Topic.CONTROL, GROUP_ID, new ObjectiveChangeSchema()));
    }

    /** Everything the job writes: upserts and dead letters, so at least once is enough. */
    public SlaSinks sinks() {
        return new SlaSinks(
                edges.atLeastOnce(windowSchema(edges.name(Topic.SLA))),
                edges.atLeastOnce(
                        new EncodingSchema<SloStatusUpdate, SloStatus>(
                                edges.name(Topic.SLO),
                                SloStatus.class,
                                SloStatusMapping::key,
                                SloStatusMapping::record)),
                edges.atLeastOnce(
                        new EncodingSchema<AlertUpdate, Alert>(
                                edges.name(Topic.ALERTS),
                                Alert.class,
                                AlertMapping::key,
                                AlertMapping::record)),
                edges.deadLetters());
    }

    static EncodingSchema<SlaWindowUpdate, SlaWindow> windowSchema(String topic) {
        return new EncodingSchema<>(
                topic, SlaWindow.class, SlaWindowMapping::key, SlaWindowMapping::record);
    }
}
