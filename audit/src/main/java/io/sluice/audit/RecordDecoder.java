package io.sluice.audit;

import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads records of one kind in Avro's single-object encoding, whichever published version wrote
 * them. Avro's own reader of that encoding reads from a stream, and allocates whatever length the
 * bytes claim; this one reads from the bytes, so that it knows how many are left.
 */
final class RecordDecoder {

    private static final int HEADER_BYTES = 10;
    private static final short MARKER = (short) 0xC301;

    private final Map<Long, GenericDatumReader<GenericRecord>> readers = new HashMap<>();

    /**
     * A decoder.
     *
     * @param versions of the schema, the newest last, as which all are read
     */
    RecordDecoder(List<Schema> versions) {
        Schema newest = versions.get(versions.size() - 1);
        for (Schema written : versions) {
            readers.put(
                    SchemaNormalization.parsingFingerprint64(written),
                    new GenericDatumReader<>(written, newest));
        }
    }

    /** The record, or null if the bytes are anything but one. */
    @Nullable GenericRecord decode(byte[] bytes) {
        if (bytes.length < HEADER_BYTES || ByteBuffer.wrap(bytes).getShort() != MARKER) {
            return null;
        }
        long fingerprint = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
        GenericDatumReader<GenericRecord> reader = readers.get(fingerprint);
        return reader == null ? null : body(reader, bytes);
    }

    private static @Nullable GenericRecord body(
            GenericDatumReader<GenericRecord> reader, byte[] bytes) {
        BinaryDecoder decoder =
                DecoderFactory.get()
                        .binaryDecoder(bytes, HEADER_BYTES, bytes.length - HEADER_BYTES, null);
        try {
            GenericRecord record = reader.read(null, decoder);
            return decoder.isEnd() ? record : null;
        } catch (IOException | RuntimeException unreadable) {
            // Avro has no one exception for bytes that break their schema.
            return null;
        }
    }
}
