package io.sluice.jobs.io;

import io.sluice.core.model.Dependency;
import io.sluice.core.model.Outcome;
import io.sluice.jobs.flow.EndNotice;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.OnFailure;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WaitFor;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What a request says of those that come before it, and what an outcome says of them. */
class RequestEdgesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final LogPosition POSITION =
            new LogPosition("requests", 0, 1, NOW.toEpochMilli());

    @Test
    void edgesAreReadAsTheyAreWritten() {
        Submission read =
                read(
                        "w",
                        edge("a", 0, OnFailure.FAIL),
                        edge("b", 0, OnFailure.REPLAN),
                        edge("c", 2, OnFailure.RELEASE));

        assertThat(read.verdict()).isNull();
        assertThat(read.waitFor())
                .containsExactly(
                        new Dependency("a", 0, io.sluice.core.model.OnFailure.FAIL),
                        new Dependency("b", 0, io.sluice.core.model.OnFailure.REPLAN),
                        new Dependency("c", 2, io.sluice.core.model.OnFailure.RELEASE));
    }

    @Test
    void anEdgeOfAnEarlierWriterFails() {
        assertThat(WaitFor.newBuilder().setRequestId("a").build().getOnFailure())
                .isEqualTo(OnFailure.FAIL);
    }

    @Test
    void edgesNeedAWorkflow() {
        assertThat(rejection(null, edge("a", 0, OnFailure.FAIL)))
                .contains("wait_for names 1 requests, but there is no workflow_id");
        assertThat(rejection(" ", edge("a", 0, OnFailure.FAIL))).contains("no workflow_id");
    }

    @Test
    void aGradeIsNotNegative() {
        assertThat(rejection("w", edge("a", -1, OnFailure.FAIL)))
                .contains("the grade of wait_for 'a' is -1; it must not be negative");
    }

    @Test
    void anEdgeNamesARequestThatCanExist() {
        assertThat(rejection("w", edge(" ", 0, OnFailure.FAIL))).contains("by an id of 1 bytes");
        String tooLong = "x".repeat(RecordLimits.ID_BYTES + 1);
        assertThat(rejection("w", edge(tooLong, 0, OnFailure.FAIL)))
                .contains("by an id of 513 bytes")
                .doesNotContain(tooLong);
    }

    @Test
    void aRuleOfALaterVersionIsNotGuessedAt() {
        assertThat(rejection("w", edge("a", 0, OnFailure.UNKNOWN)))
                .contains("on_failure of wait_for 'a' is not known to this version");
    }

    @Test
    void thereAreNotTooManyEdges() {
        WaitFor edge = edge("a", 0, OnFailure.FAIL);
        WaitFor[] many =
                Collections.nCopies(RecordLimits.WAIT_FOR + 1, edge).toArray(WaitFor[]::new);
        assertThat(rejection("w", many)).contains("wait_for names 257 requests, above the limit");
    }

    @Test
    void anOutcomeTellsTheGateHowARequestEnded() {
        assertThat(notice(io.sluice.schemas.avro.Outcome.Completed).outcome()).isNull();
        EndNotice expired = notice(io.sluice.schemas.avro.Outcome.EvictedTTL);
        assertThat(expired.outcome()).isEqualTo(Outcome.EVICTED_TTL.wireName());
        assertThat(expired.request().scoped()).isEqualTo("acme/r");
        assertThat(expired.workflowId()).isEqualTo("w");
        assertThat(expired.settledAtMillis()).isEqualTo(NOW.toEpochMilli());
    }

    private static EndNotice notice(io.sluice.schemas.avro.Outcome outcome) {
        RequestOutcome record =
                RequestOutcome.newBuilder()
                        .setRequestId("r")
                        .setFairnessId("acme")
                        .setAttempt(0)
                        .setOutcome(outcome)
                        .setWorkflowId("w")
                        .setSettledAt(NOW)
                        .build();
        return new EndNoticeMapping().map(record, POSITION);
    }

    private static String rejection(String workflow, WaitFor... edges) {
        Submission read = read(workflow, edges);
        assertThat(read.waitFor()).isEmpty();
        assertThat(read.verdict().outcome()).isEqualTo(Outcome.REJECTED_INVALID);
        return read.verdict().message();
    }

    private static Submission read(String workflow, WaitFor... edges) {
        InferenceRequest record =
                InferenceRequest.newBuilder()
                        .setRequestId("r")
                        .setCreated(NOW)
                        .setModel("m")
                        .setInputTokens(1)
                        .setWorkflowId(workflow)
                        .setWaitFor(List.of(edges))
                        .build();
        return new RequestMapping(1_000).map(record, POSITION);
    }

    private static WaitFor edge(String id, int grade, OnFailure rule) {
        return WaitFor.newBuilder().setRequestId(id).setGrade(grade).setOnFailure(rule).build();
    }
}
