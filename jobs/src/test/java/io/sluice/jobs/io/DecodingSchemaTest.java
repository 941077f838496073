package io.sluice.jobs.io;

import io.sluice.core.model.Outcome;
import io.sluice.jobs.state.LogPosition;
import io.sluice.jobs.state.SlaOutcome;
import io.sluice.jobs.state.SlaSampleState;
import io.sluice.schemas.AvroCodec;
import io.sluice.schemas.avro.DeadLetter;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.flink.util.Collector;
import org.apache.flink.util.InstantiationUtil;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

class DecodingSchemaTest {

    private static final AvroCodec<RequestOutcome> CODEC = AvroCodec.of(RequestOutcome.class);
    private static final byte[] KEY = "r1".getBytes(StandardCharsets.UTF_8);

    @Test
    void aReadableRecordBecomesItsValueAndPosition() throws Exception {
        Decoded<SlaOutcome> decoded = decode(CODEC.encode(AvroOutcomes.completed()));

        LogPosition position = new LogPosition("inference.outcomes", 3, 42, 2_000);
        assertThat(decoded.position()).isEqualTo(position);
        assertThat(decoded.failure()).isNull();
        assertThat(decoded.raw()).isNull();
        assertThat(decoded.value())
                .isEqualTo(
                        new SlaOutcome(
                                "acme/r1",
                                AvroOutcomes.completed().hashCode(),
                                1_500,
                                position,
                                "gpu-1",
                                "llama-8b",
                                "acme",
                                3,
                                new SlaSampleState(
                                        Outcome.COMPLETED.wireName(),
                                        15,
                                        120.5,
                                        20.25,
                                        302.75,
                                        500,
                                        50,
                                        5_000,
                                        200,
                                        10),
                                "premium",
                                9_000,
                                0));
    }

    @Test
    void nonsenseThatARequestWasRejectedForDoesNotStandInTheWay() throws Exception {
        SlaOutcome outcome = decode(CODEC.encode(AvroOutcomes.rejected())).value();

        assertThat(outcome.instance()).isNull();
        assertThat(outcome.sample())
                .isEqualTo(
                        new SlaSampleState(
                                Outcome.REJECTED_INVALID.wireName(),
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                Double.NaN,
                                0,
                                0));
    }

    static Stream<Arguments> unreadable() {
        byte[] good = CODEC.encode(AvroOutcomes.completed());
        byte[] other = AvroCodec.of(DeadLetter.class).encode(letter());
        return Stream.of(
                Arguments.of("no value", null, "EmptyRecord", "no value"),
                Arguments.of("nothing", new byte[0], "DecodeException", "too short"),
                Arguments.of("text", KEY, "DecodeException", "too short"),
                Arguments.of(
                        "no header", new byte[40], "DecodeException", "single-object encoding"),
                Arguments.of("another record", other, "DecodeException", "no version of"),
                Arguments.of(
                        "cut off",
                        Arrays.copyOf(good, good.length - 3),
                        "DecodeException",
                        "RequestOutcome"),
                Arguments.of(
                        "too long",
                        Arrays.copyOf(good, good.length + 3),
                        "DecodeException",
                        "3 bytes"),
                Arguments.of(
                        "no tenant",
                        CODEC.encode(AvroOutcomes.ofNobody()),
                        "IllegalArgumentException",
                        "must not be blank"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("unreadable")
    void anythingElseBecomesAFailureWithItsBytes(
            String name, byte[] value, String errorClass, String message) throws Exception {
        Decoded<SlaOutcome> decoded = decode(value);

        assertThat(decoded.value()).isNull();
        assertThat(decoded.position())
                .isEqualTo(new LogPosition("inference.outcomes", 3, 42, 2_000));
        assertThat(decoded.raw().key()).isEqualTo(KEY);
        assertThat(decoded.raw().value()).isEqualTo(value);
        assertThat(decoded.raw().headers()).containsOnlyKeys("traceparent", "empty");
        assertThat(decoded.failure().stage()).isEqualTo("decode");
        assertThat(decoded.failure().errorClass()).isEqualTo(errorClass);
        assertThat(decoded.failure().message()).contains(message);
    }

    @Test
    void theFingerprintOfAForeignRecordIsKept() throws Exception {
        Decoded<SlaOutcome> decoded = decode(AvroCodec.of(DeadLetter.class).encode(letter()));

        assertThat(decoded.failure().schemaFingerprint()).isNotNull();
    }

    private static Decoded<SlaOutcome> decode(byte[] value) throws Exception {
        // As in a task: the schema arrives serialized.
        DecodingSchema<RequestOutcome, SlaOutcome> schema =
                InstantiationUtil.clone(SlaKafka.outcomeSchema());
        schema.open(null);
        Collecting collected = new Collecting();
        schema.deserialize(record(value), collected);
        assertThat(collected.values).hasSize(1);
        return collected.values.get(0);
    }

    private static ConsumerRecord<byte[], byte[]> record(byte[] value) {
        RecordHeaders headers = new RecordHeaders();
        headers.add("traceparent", new byte[] {1});
        headers.add("empty", null);
        return new ConsumerRecord<>(
                "inference.outcomes",
                3,
                42,
                2_000,
                TimestampType.LOG_APPEND_TIME,
                KEY.length,
                0,
                KEY,
                value,
                headers,
                Optional.empty());
    }

    private static DeadLetter letter() {
        return DeadLetterMapping.record(
                new DeadLetterRecord(
                        new LogPosition("t", 0, 0, 0),
                        RawMessage.NOT_KEPT,
                        new Failure("s", "e", "m", null),
                        0));
    }

    private static final class Collecting implements Collector<Decoded<SlaOutcome>> {
        private final List<Decoded<SlaOutcome>> values = new ArrayList<>();

        @Override
        public void collect(Decoded<SlaOutcome> value) {
            values.add(value);
        }

        @Override
        public void close() {}
    }
}
