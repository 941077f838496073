package io.sluice.jobs.io;

import io.sluice.jobs.KafkaSettings;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaWindowUpdate;
import io.sluice.schemas.Topic;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.SlaWindow;

import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;

import java.util.List;

/** The Kafka edges of the SLA job. */
public final class SlaKafka {

    /** Every topic that the job reads or writes. */
    public static final List<Topic> TOPICS = List.of(Topic.OUTCOMES, Topic.SLA, Topic.DEAD_LETTERS);

    private static final String GROUP_ID = "sluice-sla";

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

    /** Outcomes of requests. */
    public Source<Decoded<SlaOutcome>, ?, ?> outcomes() {
        return edges.committedRecords(Topic.OUTCOMES, GROUP_ID, outcomeSchema());
    }

    /** Values of windows: upserts, so at least once is enough. */
    public Sink<SlaWindowUpdate> windows() {
        return edges.atLeastOnce(windowSchema(edges.name(Topic.SLA)));
    }

    static EncodingSchema<SlaWindowUpdate, SlaWindow> windowSchema(String topic) {
        return new EncodingSchema<>(
                topic, SlaWindow.class, SlaWindowMapping::key, SlaWindowMapping::record);
    }

    /** Dead letters. */
    public Sink<DeadLetterRecord> deadLetters() {
        return edges.deadLetters();
    }
}
