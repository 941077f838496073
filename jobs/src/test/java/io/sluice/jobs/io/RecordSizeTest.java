package io.sluice.jobs.io;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneEffect.Dispatch;
import io.sluice.core.kernel.Verdict;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.Release;
import io.sluice.core.model.RequestFacts;
import io.sluice.core.model.SettledRequest;
import io.sluice.core.model.WorkerReport;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.flow.WorkerLogRecord;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.Topic;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.AcceptedRun;
import io.sluice.schemas.avro.ControlEvent;
import io.sluice.schemas.avro.ControlType;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.HandBack;
import io.sluice.schemas.avro.HandBackReason;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;
import io.sluice.schemas.avro.RequestOutcome;
import io.sluice.schemas.avro.WorkerEvent;
import io.sluice.schemas.avro.WorkerEventType;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** Whatever is read, what the job makes of it can be written. */
class RecordSizeTest {

    /** Kafka's names of topics have at most 249 characters. */
    private static final String LONGEST_PREFIX = "t".repeat(241);

    private static final LogPosition POSITION =
            new LogPosition(LONGEST_PREFIX + "requests", 0, 7, 1_000);
    private static final Instant NOW = Instant.ofEpochMilli(1_000);
    private static final String LONGEST_ID = "i".repeat(RecordLimits.ID_BYTES);
    private static final String LONGEST = "t".repeat(RecordLimits.TEXT_BYTES);
    private static final String TOO_LONG = LONGEST + "t";

    /** What the client and the broker put around a record that is alone in its batch. */
    private static final int ENVELOPE_BYTES = 256;

    private final RequestMapping requests = new RequestMapping(8 << 10);

    @BeforeAll
    static void recordsAreTrusted() {
        TrustedRecords.register();
    }

    @Test
    void theLargestSoundRequestCanBeDispatchedAndSettled() {
        Submission submission = requests.map(largest().build(), POSITION);
        assertThat(submission.verdict()).isNull();
        Dispatch dispatch =
                new Dispatch(
                        new Address(LONGEST_ID, 1, 0, 1, 1, 1_000),
                        submission.request(),
                        1,
                        Behind.NOTHING,
                        0);

        CommandMessage message = CommandMessage.of(dispatch, "fcfs", 0);
        byte[] command = AvroCodec.of(DispatchCommand.class).encode(CommandMapping.record(message));

        assertThat(CommandMapping.key(message).length() + command.length + ENVELOPE_BYTES)
                .isGreaterThan(10 * RecordLimits.HASH_IDS)
                .isLessThan(Topic.DISPATCH.storage().maxMessageBytes());
        assertThat(outcomeBytes(submission, LONGEST))
                .isLessThan(Topic.OUTCOMES.storage().maxMessageBytes());
    }

    static Stream<Arguments> oneTextTooLong() {
        return Stream.of(
                Arguments.of("model", largest().setModel(TOO_LONG)),
                Arguments.of("adapter", largest().setAdapter(TOO_LONG)),
                Arguments.of("session_id", largest().setSessionId(TOO_LONG)),
                Arguments.of("workflow_id", largest().setWorkflowId(TOO_LONG)),
                Arguments.of("service_tier", largest().setServiceTier(TOO_LONG)),
                Arguments.of("pinned_instance", largest().setPinnedInstance(TOO_LONG)),
                Arguments.of("traceparent", largest().setTraceparent(TOO_LONG)),
                Arguments.of("payload_ref.topic", largest().setPayloadRef(reference(TOO_LONG))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oneTextTooLong")
    void aTextThatIsTooLongIsARejectionThatNamesIt(String field, InferenceRequest.Builder request) {
        Submission submission = requests.map(request.build(), POSITION);

        assertThat(submission.verdict())
                .isEqualTo(
                        new Verdict(
                                Outcome.REJECTED_INVALID,
                                field + " has 4097 bytes, above the limit of 4096"));
    }

    @Test
    void aRejectionRepeatsNothingOfAnyLength() {
        String huge = "x".repeat(500_000);
        Submission submission =
                requests.map(
                        largest()
                                .setModel(huge)
                                .setAdapter(huge)
                                .setSessionId(huge)
                                .setWorkflowId(huge)
                                .setServiceTier(huge)
                                .setPinnedInstance(huge)
                                .setTraceparent(huge)
                                .setPool(huge)
                                .setIdempotencyKey(huge)
                                .setPayloadRef(reference(huge))
                                .setHashIds(Collections.nCopies(1_000_000, Long.MIN_VALUE))
                                .build(),
                        POSITION);

        assertThat(submission.verdict().outcome()).isEqualTo(Outcome.REJECTED_INVALID);
        assertThat(submission.request().passengers().hashes().hashes()).isEmpty();
        assertThat(outcomeBytes(submission, submission.verdict().message()))
                .isLessThan(3 * RecordLimits.TEXT_BYTES);
    }

    @Test
    void aListOfHashesThatIsTooLongIsARejection() {
        Submission submission =
                requests.map(
                        largest()
                                .setHashIds(Collections.nCopies(RecordLimits.HASH_IDS + 1, 1L))
                                .build(),
                        POSITION);

        assertThat(submission.verdict().message())
                .isEqualTo(
                        "hash_ids has 65537 hashes, above the limit of 65536; hash larger blocks");
    }

    @Test
    void anIdThatCannotBeRepeatedIsNoIdentity() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                requests.map(
                                        largest().setRequestId(LONGEST_ID + "i").build(), POSITION))
                .withMessageContaining("request_id has 513 bytes")
                .withMessageContaining("above 512 bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                requests.map(
                                        largest().setFairnessId(LONGEST_ID + "i").build(),
                                        POSITION))
                .withMessageContaining("fairness_id 513");
    }

    static Stream<Arguments> others() {
        return Stream.of(
                Arguments.of(
                        "request_id",
                        (Runnable)
                                () ->
                                        new ControlMapping()
                                                .map(
                                                        control(ControlType.CANCEL)
                                                                .setRequestId(TOO_LONG)
                                                                .build(),
                                                        POSITION)),
                Arguments.of(
                        "instance_id",
                        (Runnable)
                                () ->
                                        new ControlMapping()
                                                .map(
                                                        control(ControlType.DRAIN)
                                                                .setInstanceId(TOO_LONG)
                                                                .build(),
                                                        POSITION)),
                Arguments.of(
                        "instance_id",
                        (Runnable) () -> reports(event().setInstanceId(TOO_LONG).build())),
                Arguments.of(
                        "session_id",
                        (Runnable) () -> reports(event().setSessionId(TOO_LONG).build())),
                Arguments.of(
                        "request_id",
                        (Runnable)
                                () ->
                                        reports(
                                                event().setType(WorkerEventType.HEARTBEAT)
                                                        .setAccepted(List.of(run(TOO_LONG)))
                                                        .build())),
                Arguments.of(
                        "error_code",
                        (Runnable)
                                () ->
                                        new ReleaseMapping()
                                                .map(
                                                        handBack().setErrorCode(TOO_LONG).build(),
                                                        POSITION)),
                Arguments.of(
                        "model",
                        (Runnable)
                                () ->
                                        new OutcomeMapping()
                                                .map(
                                                        RequestOutcome.newBuilder(
                                                                        AvroOutcomes.completed())
                                                                .setModel(TOO_LONG)
                                                                .build(),
                                                        POSITION)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void aTextThatIsTooLongIsADeadLetterOfAnyOtherTopic(String field, Runnable read) {
        assertThatIllegalArgumentException()
                .isThrownBy(read::run)
                .withMessageMatching(field + " has 4097 bytes, above the limit of (512|4096)");
    }

    @Test
    void explanationsArePassedOnAsFarAsTheyFit() {
        WorkerReport.Failed failed =
                (WorkerReport.Failed)
                        reports(event().setErrorMessage(TOO_LONG).build()).report().toCore();
        Release release =
                new ReleaseMapping().map(handBack().setMessage(TOO_LONG).build(), POSITION);

        assertThat(failed.message()).isEqualTo(LONGEST);
        assertThat(release.message()).isEqualTo(LONGEST);
        assertThat(
                        new ControlMapping()
                                .map(
                                        control(ControlType.DRAIN)
                                                .setInstanceId("gpu-1")
                                                .setReason(TOO_LONG)
                                                .build(),
                                        POSITION)
                                .reason())
                .isEqualTo(LONGEST);
    }

    private static WorkerLogRecord reports(WorkerEvent event) {
        return new WorkerEventMapping().map(event, POSITION);
    }

    private static int outcomeBytes(Submission submission, String message) {
        return new SettledMapping()
                .encode(
                        new SettledRequest(
                                submission.request().key(),
                                Outcome.REJECTED_INVALID,
                                1,
                                LONGEST_ID,
                                Long.MAX_VALUE,
                                1_000,
                                LONGEST_ID,
                                message,
                                RequestFacts.of(submission.request()),
                                Long.MAX_VALUE,
                                null),
                        1)
                .value()
                .length;
    }

    /** A request whose every part is as long as it may be. */
    private static InferenceRequest.Builder largest() {
        return InferenceRequest.newBuilder()
                .setRequestId(LONGEST_ID)
                .setFairnessId(LONGEST_ID)
                .setCreated(NOW)
                .setModel(LONGEST)
                .setAdapter(LONGEST)
                .setSessionId(LONGEST)
                .setWorkflowId(LONGEST)
                .setServiceTier(LONGEST)
                .setPinnedInstance(LONGEST)
                .setTraceparent(LONGEST)
                .setPayloadRef(reference(LONGEST_PREFIX + "payloads"))
                .setInputTokens(Integer.MAX_VALUE)
                .setHashBlockTokens(16)
                .setHashIds(Collections.nCopies(RecordLimits.HASH_IDS, Long.MIN_VALUE));
    }

    private static PayloadRef reference(String topic) {
        return PayloadRef.newBuilder().setTopic(topic).setPartition(0).setOffset(0).build();
    }

    private static ControlEvent.Builder control(ControlType type) {
        return ControlEvent.newBuilder().setType(type).setFairnessId("t").setIssuedAt(NOW);
    }

    private static WorkerEvent.Builder event() {
        return WorkerEvent.newBuilder()
                .setType(WorkerEventType.FAILED)
                .setInstanceId("gpu-1")
                .setIncarnation(1)
                .setSeq(1)
                .setEpoch(1)
                .setAt(NOW)
                .setRequestId("r")
                .setFairnessId("t")
                .setAttempt(1);
    }

    private static AcceptedRun run(String requestId) {
        return AcceptedRun.newBuilder()
                .setRequestId(requestId)
                .setFairnessId("t")
                .setAttempt(1)
                .setCommandEpoch(1)
                .setReservedTokens(1)
                .setPriority(0)
                .build();
    }

    private static HandBack.Builder handBack() {
        return HandBack.newBuilder()
                .setRequestId("r")
                .setFairnessId("t")
                .setAttempt(1)
                .setInstanceId("gpu-1")
                .setEpoch(1)
                .setReason(HandBackReason.LOST)
                .setReleasedAt(NOW);
    }
}
