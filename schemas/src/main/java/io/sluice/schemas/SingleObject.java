package io.sluice.schemas;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The header of Avro's single-object encoding: the marker {@code C3 01}, then the CRC-64-AVRO
 * fingerprint of the writer's schema, little-endian. See "Single-object encoding" in the Avro 1.12
 * specification.
 */
final class SingleObject {
    /** Bytes before the body of a record. */
    static final int HEADER_BYTES = 10;

    private static final int MARKER_BYTES = 2;
    private static final byte MARKER_0 = (byte) 0xC3;
    private static final byte MARKER_1 = (byte) 0x01;

    private SingleObject() {}

    /** The fingerprint by which records written with a schema name it. */
    static long fingerprint(Schema schema) {
        return SchemaNormalization.parsingFingerprint64(schema);
    }

    /** The header of a record whose writer's schema has this fingerprint. */
    static byte[] header(long fingerprint) {
        return ByteBuffer.allocate(HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(MARKER_0)
                .put(MARKER_1)
                .putLong(fingerprint)
                .array();
    }

    /**
     * Reads the fingerprint out of a header.
     *
     * @param bytes at least the first ten bytes of a record, or all of a shorter one
     * @throws DecodeException if there are fewer than ten bytes or they do not begin with the
     *     marker
     */
    static long readFingerprint(byte[] bytes) throws DecodeException {
        if (bytes.length < HEADER_BYTES) {
            throw DecodeException.tooShort(bytes.length);
        }
        if (bytes[0] != MARKER_0 || bytes[1] != MARKER_1) {
            throw DecodeException.wrongMarker(bytes[0], bytes[1]);
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(MARKER_BYTES);
    }
}
