package io.sluice.schemas;

import io.sluice.schemas.DecodeException.Reason;
import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ConfigKind;
import io.sluice.schemas.avro.RequestOutcome;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.message.BinaryMessageDecoder;
import org.apache.avro.message.BinaryMessageEncoder;
import org.apache.avro.specific.SpecificData;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AvroCodecTest {
    private static final int FIRST_FIELD = SingleObject.HEADER_BYTES;

    private final AvroCodec<ConfigEvent> codec = AvroCodec.of(ConfigEvent.class);
    private final SpecificData model = SpecificData.getForClass(ConfigEvent.class);
    private final byte[] encoded = codec.encode(Samples.configEvent());
    private final long fingerprint =
            SchemaNormalization.parsingFingerprint64(ConfigEvent.getClassSchema());

    @Test
    void writesWhatAvroItselfReads() throws Exception {
        var reader = new BinaryMessageDecoder<ConfigEvent>(model, ConfigEvent.getClassSchema());
        assertThat(reader.decode(encoded)).isEqualTo(Samples.configEvent());
    }

    @Test
    void readsWhatAvroItselfWrites() throws Exception {
        var writer = new BinaryMessageEncoder<ConfigEvent>(model, ConfigEvent.getClassSchema());
        ByteBuffer written = writer.encode(Samples.configEvent());
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        assertThat(codec.decode(bytes)).isEqualTo(Samples.configEvent());
        assertThat(encoded).isEqualTo(bytes);
    }

    @Test
    void namesTooFewBytes() {
        for (int length = 0; length < FIRST_FIELD; length++) {
            DecodeException e = failure(Arrays.copyOf(encoded, length));
            assertThat(e.reason()).isEqualTo(Reason.TOO_SHORT);
            assertThat(e).hasMessageContaining("record of " + length + " bytes is too short");
            assertThat(e.fingerprint()).isEmpty();
        }
    }

    @Test
    void namesAWrongMarker() {
        encoded[0] = '{';
        encoded[1] = '"';
        DecodeException e = failure(encoded);
        assertThat(e.reason()).isEqualTo(Reason.WRONG_MARKER);
        assertThat(e).hasMessageContaining("7B 22").hasMessageContaining("C3 01");
        assertThat(e.fingerprint()).isEmpty();
    }

    @Test
    void namesTheFingerprintOfAnotherRecord() {
        byte[] outcome = Samples.randomBytes(RequestOutcome.class, 1);
        long other = SchemaNormalization.parsingFingerprint64(RequestOutcome.getClassSchema());
        DecodeException e = failure(outcome);
        assertThat(e.reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
        assertThat(e)
                .hasMessageContaining("%016x".formatted(other))
                .hasMessageContaining("ConfigEvent");
        assertThat(e.fingerprint()).hasValue(other);
    }

    @Test
    void namesATruncatedBodyAtEveryLength() {
        for (int length = FIRST_FIELD; length < encoded.length; length++) {
            DecodeException e = failure(Arrays.copyOf(encoded, length));
            assertThat(e.reason()).isEqualTo(Reason.TRUNCATED);
            assertThat(e).hasMessageContaining("ConfigEvent ends too early");
            assertThat(e.fingerprint()).hasValue(fingerprint);
        }
    }

    @Test
    void namesASymbolThatDoesNotExist() {
        encoded[FIRST_FIELD] = 100;
        DecodeException e = failure(encoded);
        assertThat(e.reason()).isEqualTo(Reason.MALFORMED);
        assertThat(e).hasMessageContaining("ConfigEvent").hasMessageContaining("50");
        assertThat(e.fingerprint()).hasValue(fingerprint);
    }

    @Test
    void namesBytesThatAreLeftOver() {
        DecodeException e = failure(Arrays.copyOf(encoded, encoded.length + 3));
        assertThat(e.reason()).isEqualTo(Reason.TRAILING_BYTES);
        assertThat(e).hasMessageContaining("3 bytes");
        assertThat(e.fingerprint()).hasValue(fingerprint);
    }

    @Test
    void refusesToWriteARecordThatLacksARequiredField() {
        ConfigEvent broken = new ConfigEvent();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.encode(broken))
                .withMessageContaining("ConfigEvent")
                .withMessageContaining("kind");
    }

    @Test
    void readsBytesOfAnOlderVersion() throws Exception {
        SchemaHistory history = SchemaHistory.load("/history-with-older");
        Schema older = history.versions("ConfigEvent").get(0);
        byte[] bytes = Samples.bytes(older, olderRecord(older, "POLICY"));

        ConfigEvent read = AvroCodec.of(ConfigEvent.class, history).decode(bytes);

        assertThat(read)
                .isEqualTo(
                        ConfigEvent.newBuilder()
                                .setKind(ConfigKind.POLICY)
                                .setId("gpu-1")
                                .setIssuedAt(Samples.NOW)
                                .build());
        assertThat(failure(bytes).reason()).isEqualTo(Reason.UNKNOWN_SCHEMA);
    }

    @Test
    void readsASymbolItDoesNotKnowAsUnknown() throws Exception {
        SchemaHistory history = SchemaHistory.load("/history-with-older");
        Schema older = history.versions("ConfigEvent").get(0);
        byte[] bytes = Samples.bytes(older, olderRecord(older, "GONE"));
        ConfigEvent read = AvroCodec.of(ConfigEvent.class, history).decode(bytes);
        assertThat(read.getKind()).isEqualTo(ConfigKind.UNKNOWN);
    }

    @Test
    void isSafeForSeveralThreads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Boolean> task =
                    () -> {
                        for (long seed = 0; seed < 500; seed++) {
                            byte[] bytes = Samples.randomBytes(ConfigEvent.class, seed);
                            ConfigEvent read = codec.decode(bytes);
                            if (!codec.decode(codec.encode(read)).equals(read)) {
                                return false;
                            }
                        }
                        return true;
                    };
            for (Future<Boolean> done : threads.invokeAll(List.of(task, task, task, task))) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static GenericData.Record olderRecord(Schema older, String kind) {
        return new GenericRecordBuilder(older)
                .set("kind", new GenericData.EnumSymbol(older.getField("kind").schema(), kind))
                .set("gone", List.of("one", "two"))
                .set("id", "gpu-1")
                .set("issued_at", Samples.NOW.toEpochMilli())
                .build();
    }

    private DecodeException failure(byte[] bytes) {
        DecodeException e = catchThrowableOfType(DecodeException.class, () -> codec.decode(bytes));
        assertThat(e).isNotNull();
        return e;
    }
}
