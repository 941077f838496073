package io.sluice.jobs.io;

import io.sluice.core.kernel.LaneEffect.Address;
import io.sluice.core.kernel.LaneEffect.Behind;
import io.sluice.core.kernel.LaneEffect.Dispatch;
import io.sluice.core.kernel.LaneEntry;
import io.sluice.core.model.Outcome;
import io.sluice.core.model.PayloadLocation;
import io.sluice.jobs.flow.CommandMessage;
import io.sluice.jobs.flow.RouteInput;
import io.sluice.jobs.flow.Submission;
import io.sluice.jobs.state.LaneEntryState;
import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.TrustedRecords;
import io.sluice.schemas.avro.DispatchCommand;
import io.sluice.schemas.avro.InferenceRequest;
import io.sluice.schemas.avro.PayloadRef;

import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.core.memory.DataOutputSerializer;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** A prompt stays in its topic: what travels in the job, is kept, and is sent says where it is. */
class NoPromptInStateTest {

    private static final int INLINE_LIMIT = 100;
    private static final LogPosition POSITION = new LogPosition("in.requests", 3, 42, 1_000);
    private static final PayloadLocation IN_ITS_REQUEST = new PayloadLocation("in.requests", 3, 42);
    private static final PayloadLocation ELSEWHERE = new PayloadLocation("in.payloads", 1, 9);
    private static final String PROMPT = "Tell-nobody!";

    private final RequestMapping mapping = new RequestMapping(INLINE_LIMIT);

    @BeforeAll
    static void recordsAreTrusted() {
        TrustedRecords.register();
    }

    @ParameterizedTest
    @ValueSource(ints = {12, INLINE_LIMIT})
    void anInlinePromptUpToTheLimitBecomesThePlaceOfItsRequest(int bytes) throws IOException {
        Submission submission = mapping.map(inline(bytes).build(), POSITION);

        assertThat(submission.verdict()).isNull();
        assertThat(submission.request().passengers().payload()).isEqualTo(IN_ITS_REQUEST);
        assertCarriesNoPrompt(submission);
    }

    @Test
    void aPromptAboveTheLimitIsRejectedAndNotKeptEither() throws IOException {
        Submission submission = mapping.map(inline(INLINE_LIMIT + 1).build(), POSITION);

        assertThat(submission.verdict().outcome()).isEqualTo(Outcome.REJECTED_INVALID);
        assertThat(submission.verdict().message())
                .contains("payload has 101 bytes, above the inline limit of 100")
                .doesNotContain(PROMPT);
        assertCarriesNoPrompt(submission);
    }

    @Test
    void aReferenceStaysAsItIs() throws IOException {
        Submission submission =
                mapping.map(
                        request()
                                .setPayloadRef(
                                        PayloadRef.newBuilder()
                                                .setTopic("in.payloads")
                                                .setPartition(1)
                                                .setOffset(9)
                                                .build())
                                .build(),
                        POSITION);

        assertThat(submission.verdict()).isNull();
        assertThat(submission.request().passengers().payload()).isEqualTo(ELSEWHERE);
        assertThat(command(submission).getPayloadRef())
                .isEqualTo(
                        PayloadRef.newBuilder()
                                .setTopic("in.payloads")
                                .setPartition(1)
                                .setOffset(9)
                                .build());
    }

    @Test
    void withoutAPromptThereIsNoPlace() {
        Submission submission = mapping.map(request().build(), POSITION);

        assertThat(submission.request().passengers().payload()).isNull();
        assertThat(command(submission).getPayloadRef()).isNull();
    }

    /** Neither between operators, nor in the state of a lane, nor in the command to the worker. */
    private static void assertCarriesNoPrompt(Submission submission) throws IOException {
        LaneEntryState kept =
                LaneEntryState.of(
                        new LaneEntry(
                                submission.request().key(), 1, submission.request(), null, 0));
        DispatchCommand command = command(submission);

        assertThat(text(serialized(submission, Submission.class))).doesNotContain(PROMPT);
        assertThat(
                        text(
                                serialized(
                                        RouteInput.submit(
                                                submission.request(), submission.verdict()),
                                        RouteInput.class)))
                .doesNotContain(PROMPT);
        assertThat(text(serialized(kept, LaneEntryState.class)))
                .contains("model-of-the-request")
                .doesNotContain(PROMPT);
        assertThat(text(AvroCodec.of(DispatchCommand.class).encode(command)))
                .contains("model-of-the-request")
                .doesNotContain(PROMPT);
        assertThat(command.getPayloadRef())
                .isEqualTo(
                        PayloadRef.newBuilder()
                                .setTopic("in.requests")
                                .setPartition(3)
                                .setOffset(42)
                                .build());
    }

    private static DispatchCommand command(Submission submission) {
        return CommandMapping.record(
                CommandMessage.of(
                        new Dispatch(
                                new Address("gpu-1", 1, 0, 1, 1, 1_000),
                                submission.request(),
                                1,
                                Behind.NOTHING,
                                0),
                        "fcfs",
                        0));
    }

    private static <T> byte[] serialized(T value, Class<T> type) throws IOException {
        DataOutputSerializer out = new DataOutputSerializer(256);
        TypeInformation.of(type).createSerializer(new SerializerConfigImpl()).serialize(value, out);
        return out.getCopyOfBuffer();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A request with the prompt over and over, up to a length. */
    private static InferenceRequest.Builder inline(int bytes) {
        byte[] prompt =
                PROMPT.repeat(1 + bytes / PROMPT.length())
                        .substring(0, bytes)
                        .getBytes(StandardCharsets.UTF_8);
        return request().setPayload(ByteBuffer.wrap(prompt));
    }

    private static InferenceRequest.Builder request() {
        return InferenceRequest.newBuilder()
                .setRequestId("r")
                .setCreated(Instant.ofEpochMilli(1_000))
                .setModel("model-of-the-request")
                .setInputTokens(3);
    }
}
