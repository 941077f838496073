package io.sluice.apps.page;

import io.sluice.apps.timeline.Origin;
import io.sluice.apps.timeline.TimelineFinding;
import io.sluice.apps.timeline.TopicRecord;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.Decision;
import io.sluice.schemas.avro.DecisionKind;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.Outcome;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.avro.specific.SpecificRecord;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a search finds of requests that waited two seconds and were cancelled. */
final class Findings {

    private static final Instant ZERO = Instant.parse("2026-09-01T12:00:00Z");

    static {
        TrustedRecords.register();
    }

    private final String id;
    private final List<TopicRecord> records = new ArrayList<>();

    private Findings(String id) {
        this.id = id;
    }

    /**
     * The request of each tenant with this id.
     *
     * @param prompt what its record carries
     */
    static TimelineFinding of(String id, String prompt, String... tenants) {
        Findings findings = new Findings(id);
        for (String tenant : tenants) {
            findings.life(tenant, prompt);
        }
        return new TimelineFinding(id, findings.records, List.of(), List.of());
    }

    static TimelineFinding none(String id) {
        return new TimelineFinding(id, List.of(), List.of(), List.of("decisions: 5 of 9"));
    }

    private void life(String tenant, String prompt) {
        add(
                Topic.REQUESTS,
                0,
                InferenceRequest.newBuilder()
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setCreated(ZERO)
                        .setModel("llama")
                        .setInputTokens(100)
                        .setPayload(ByteBuffer.wrap(prompt.getBytes(StandardCharsets.UTF_8)))
                        .build());
        decided(tenant, DecisionKind.ROUTE, 10);
        decided(tenant, DecisionKind.DISPATCH, 2_010);
        add(
                Topic.OUTCOMES,
                3_000,
                RequestOutcome.newBuilder()
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .setOutcome(Outcome.EvictedContextCancelled)
                        .setSettledAt(ZERO.plusMillis(3_000))
                        .build());
    }

    private void decided(String tenant, DecisionKind kind, long millis) {
        add(
                Topic.DECISIONS,
                millis,
                Decision.newBuilder()
                        .setKind(kind)
                        .setRequestId(id)
                        .setFairnessId(tenant)
                        .setAttempt(1)
                        .setInstanceId("gpu-1")
                        .setEpoch(1)
                        .setSeq(millis)
                        .setDecidedAt(ZERO.plusMillis(millis))
                        .setReason("it was <b>its</b> turn")
                        .build());
    }

    private void add(Topic topic, long millis, SpecificRecord value) {
        Origin origin = new Origin(topic, 0, records.size());
        records.add(new TopicRecord(origin, ZERO.plusMillis(millis), value));
    }
}
