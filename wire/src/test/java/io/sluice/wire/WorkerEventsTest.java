package io.sluice.wire;

import io.sluice.core.model.AcceptedRun;
import io.sluice.core.model.InstanceCapacity;
import io.sluice.core.model.PendingRequest;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.RequestKey;
import io.sluice.core.model.RequestTags;
import io.sluice.core.model.RunId;
import io.sluice.core.model.RunMeasures;
import io.sluice.core.model.SloTarget;
import io.sluice.core.model.WorkerReport;
import io.sluice.core.model.WorkerReport.ReportOrigin;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.DecodeException;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import java.time.Instant;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Events are read from the bytes of the wire, as they are in use. */
class WorkerEventsTest {

    private static final AvroCodec<WorkerEvent> CODEC = AvroCodec.of(WorkerEvent.class);
    private static final int PARTITION = 7;
    private static final long LOG_MILLIS = 1_000_000;
    private static final ReportOrigin ORIGIN = new ReportOrigin("gpu-1", 3, 12, 99, LOG_MILLIS);
    private static final RunId RUN = new RunId(new RequestKey("acme", "r-1"), 2, 98);

    @Test
    void theCapacityIsWhereTheEventWasRead() {
        InstanceCapacity capacity =
                new InstanceCapacity(List.of("m"), 16, 10_000, 4_096, 5, PARTITION, 0.25, 20);

        assertThat(read(event(WorkerEventType.REGISTERED).setCapacity(record(capacity))))
                .isEqualTo(new WorkerReport.Registered(ORIGIN, capacity));
    }

    @Test
    void aHeartbeatListsWhatTheWorkerHolds() {
        InstanceCapacity capacity =
                new InstanceCapacity(List.of("m"), 16, 10_000, 4_096, 5, PARTITION, 0.25, 20);
        AcceptedRun held = new AcceptedRun(RUN, 300, -1);

        assertThat(
                        read(
                                event(WorkerEventType.HEARTBEAT)
                                        .setCapacity(record(capacity))
                                        .setAccepted(List.of(AcceptedRuns.record(held)))
                                        .setSyncSeq(44L)
                                        .setDraining(true)))
                .isEqualTo(new WorkerReport.Heartbeat(ORIGIN, capacity, List.of(held), 44, true));
    }

    @Test
    void aHeartbeatThatAnswersNoSyncSaysZero() {
        WorkerReport report =
                read(
                        event(WorkerEventType.HEARTBEAT)
                                .setCapacity(
                                        record(
                                                new InstanceCapacity(
                                                        List.of("m"), 1, 1, 1, 0, 0, 1, 1))));

        assertThat(((WorkerReport.Heartbeat) report).syncSeq()).isZero();
    }

    @Test
    void aDrainNotice() {
        assertThat(read(event(WorkerEventType.DRAINING).setDraining(true)))
                .isEqualTo(new WorkerReport.Draining(ORIGIN, true));
    }

    @Test
    void reportsThatTellNothingButTheRun() {
        assertThat(read(ofRun(WorkerEventType.ACCEPTED)))
                .isEqualTo(new WorkerReport.Accepted(ORIGIN, RUN));
        assertThat(read(ofRun(WorkerEventType.FIRST_TOKEN)))
                .isEqualTo(new WorkerReport.Progressed(ORIGIN, RUN));
        assertThat(read(ofRun(WorkerEventType.CANCELLED)))
                .isEqualTo(new WorkerReport.Cancelled(ORIGIN, RUN));
        assertThat(read(ofRun(WorkerEventType.GIVEN_BACK)))
                .isEqualTo(new WorkerReport.GivenBack(ORIGIN, RUN));
    }

    @Test
    void aCompletionTellsWhatItMeasuredAndWhatTheRequestWas() {
        WorkerEvent.Builder event =
                ofRun(WorkerEventType.COMPLETED)
                        .setModel("m")
                        .setPriority(4)
                        .setSessionId("s")
                        .setWorkflowId("w")
                        .setServiceTier("flex")
                        .setTraceparent("00-1")
                        .setPredictedOutputTokens(60)
                        .setCreated(Instant.ofEpochMilli(10))
                        .setSubmittedAt(Instant.ofEpochMilli(20))
                        .setDeadline(Instant.ofEpochMilli(9_000))
                        .setSloTtftMs(200.0)
                        .setSloE2eMs(5_000.0)
                        .setPolicy("edf")
                        .setQueueWaitMs(30L)
                        .setTtftMs(120.0)
                        .setTpotMs(15.0)
                        .setE2eMs(900.0)
                        .setInputTokens(400)
                        .setOutputTokens(50)
                        .setCachedTokens(128)
                        .setFinishReason("stop");

        assertThat(read(event))
                .isEqualTo(
                        new WorkerReport.Completed(
                                ORIGIN,
                                RUN,
                                new RequestFacts(
                                        "m",
                                        4,
                                        new RequestTags("s", "w", "flex", "00-1"),
                                        10,
                                        20,
                                        9_000,
                                        new SloTarget(200, Double.NaN, 5_000),
                                        400,
                                        60,
                                        "edf"),
                                new RunMeasures(30, 120, 15, 900, 400, 50, 128, "stop")));
    }

    @Test
    void aCompletionThatSaysLittleIsStillOne() {
        assertThat(read(ofRun(WorkerEventType.COMPLETED)))
                .isEqualTo(
                        new WorkerReport.Completed(
                                ORIGIN,
                                RUN,
                                new RequestFacts(
                                        "",
                                        0,
                                        RequestTags.NONE,
                                        0,
                                        0,
                                        PendingRequest.NEVER,
                                        SloTarget.NONE,
                                        0,
                                        0,
                                        null),
                                new RunMeasures(
                                        0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, null)));
    }

    @Test
    void aCompletionCountsWhateverItsFigures() {
        WorkerReport report =
                read(
                        ofRun(WorkerEventType.COMPLETED)
                                .setInputTokens(-1)
                                .setOutputTokens(-2)
                                .setCachedTokens(-3));

        assertThat(((WorkerReport.Completed) report).measures())
                .isEqualTo(new RunMeasures(0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, null));
    }

    @Test
    void troubleAlwaysHasACodeAndAMessage() {
        assertThat(
                        read(
                                ofRun(WorkerEventType.FAILED)
                                        .setRetriable(true)
                                        .setErrorCode("oom")
                                        .setErrorMessage("out of memory")))
                .isEqualTo(new WorkerReport.Failed(ORIGIN, RUN, true, "oom", "out of memory"));
        assertThat(read(ofRun(WorkerEventType.REFUSED)))
                .isEqualTo(
                        new WorkerReport.Refused(
                                ORIGIN, RUN, "REFUSED", "the worker gave no reason"));
    }

    @Test
    void aLedgerKnowsNoPlaceInTheLog() {
        assertThat(WorkerEvents.ofRun(sent(ofRun(WorkerEventType.CANCELLED))))
                .isEqualTo(
                        new WorkerReport.Cancelled(new ReportOrigin("gpu-1", 3, 12, 99, 0), RUN));
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {"REGISTERED", "HEARTBEAT", "DRAINING", "TICK"})
    void aLedgerHoldsRunsOnly(WorkerEventType type) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WorkerEvents.ofRun(sent(event(type))))
                .withMessage("a %s event is about no run", type);
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(event(WorkerEventType.REGISTERED)))
                .withMessage("the REGISTERED event of instance gpu-1 lacks capacity");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(ofRun(WorkerEventType.ACCEPTED).setRequestId(null)))
                .withMessage("the ACCEPTED event of instance gpu-1 lacks request_id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(ofRun(WorkerEventType.ACCEPTED).setFairnessId(null)))
                .withMessage("the ACCEPTED event of instance gpu-1 lacks fairness_id");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(ofRun(WorkerEventType.ACCEPTED).setInstanceId(" ")))
                .withMessage("instance_id is blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read(event(WorkerEventType.UNKNOWN)))
                .withMessage("the kind of the event is unknown to this version");
    }

    private static WorkerReport read(WorkerEvent.Builder event) {
        return WorkerEvents.report(sent(event), PARTITION, LOG_MILLIS);
    }

    private static WorkerEvent sent(WorkerEvent.Builder event) {
        try {
            return CODEC.decode(CODEC.encode(event.build()));
        } catch (DecodeException e) {
            throw new AssertionError(e);
        }
    }

    private static WorkerEvent.Builder event(WorkerEventType type) {
        return WorkerEvent.newBuilder()
                .setType(type)
                .setInstanceId("gpu-1")
                .setIncarnation(3)
                .setSeq(12)
                .setEpoch(99)
                .setAt(Instant.EPOCH);
    }

    private static WorkerEvent.Builder ofRun(WorkerEventType type) {
        return event(type)
                .setRequestId("r-1")
                .setFairnessId("acme")
                .setAttempt(2)
                .setCommandEpoch(98L);
    }

    private static io.sluice.schemas.avro.InstanceCapacity record(InstanceCapacity capacity) {
        return io.sluice.schemas.avro.InstanceCapacity.newBuilder()
                .setModels(capacity.models())
                .setMaxSequences(capacity.maxSequences())
                .setKvTokens(capacity.kvTokens())
                .setMaxContextTokens(capacity.maxContextTokens())
                .setDispatchPartition(capacity.dispatchPartition())
                .setEventsPartition(0)
                .setPrefillMsPerToken(capacity.speed().prefillPerToken())
                .setDecodeMsPerToken(capacity.speed().decodePerToken())
                .build();
    }
}
