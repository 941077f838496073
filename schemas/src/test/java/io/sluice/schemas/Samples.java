package io.sluice.schemas;

import io.sluice.schemas.avro.ConfigEvent;
import io.sluice.schemas.avro.ConfigKind;
import io.sluice.schemas.avro.DeadLetter;

import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;

/** Records for tests. */
final class Samples {
    static final Instant NOW = Instant.parse("2026-11-22T10:15:30.250Z");

    private Samples() {}

    static ConfigEvent configEvent() {
        return ConfigEvent.newBuilder()
                .setKind(ConfigKind.POLICY)
                .setId("gpu-1")
                .setName("edf")
                .setParameters(Map.of("aging", "0.5"))
                .setIssuedAt(NOW)
                .build();
    }

    static DeadLetter deadLetter(byte[] value) {
        return DeadLetter.newBuilder()
                .setTopic("inference.requests")
                .setPartition(3)
                .setOffset(42)
                .setTimestamp(NOW)
                .setValue(ByteBuffer.wrap(value))
                .setStage("decode")
                .setErrorClass("DecodeException")
                .setMessage("a \"quoted\" reason")
                .setAt(NOW)
                .build();
    }

    /**
     * A record with random values in every field, on the wire, written by Avro without our codec.
     */
    static byte[] randomBytes(Class<? extends SpecificRecord> record, long seed) {
        Schema schema = SpecificData.get().getSchema(record);
        return bytes(schema, new RandomData(schema, 1, seed).iterator().next());
    }

    /** A generic record on the wire, written by Avro without our codec. */
    static byte[] bytes(Schema schema, Object datum) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(SingleObject.header(SingleObject.fingerprint(schema)));
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(out, null);
        try {
            new GenericDatumWriter<>(schema).write(datum, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
