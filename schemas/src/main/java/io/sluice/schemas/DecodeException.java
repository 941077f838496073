package io.sluice.schemas;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Bytes that are not a readable record: what was wrong with them, and the fingerprint in their
 * header where one could be read. Checked, because such bytes come from outside and every reader
 * must have a place to put them.
 */
public final class DecodeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was wrong with the bytes. */
    public enum Reason {
        /** Fewer bytes than a header has. */
        TOO_SHORT,
        /** The first two bytes are not those of Avro's single-object encoding. */
        WRONG_MARKER,
        /** No schema shipped with this version has the fingerprint. */
        UNKNOWN_SCHEMA,
        /** The body ends, or claims to go on, where the bytes end. */
        TRUNCATED,
        /** The body does not follow its schema. */
        MALFORMED,
        /** Bytes are left after the record. */
        TRAILING_BYTES
    }

    private final Reason reason;
    private final @Nullable Long fingerprint;

    private DecodeException(
            Reason reason, @Nullable Long fingerprint, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
        this.fingerprint = fingerprint;
    }

    static DecodeException tooShort(int length) {
        String message =
                "record of %d bytes is too short: its header alone has %d"
                        .formatted(length, SingleObject.HEADER_BYTES);
        return new DecodeException(Reason.TOO_SHORT, null, message, null);
    }

    static DecodeException wrongMarker(byte first, byte second) {
        String message =
                "record begins with %02X %02X where Avro's single-object encoding has C3 01"
                        .formatted(first, second);
        return new DecodeException(Reason.WRONG_MARKER, null, message, null);
    }

    static DecodeException unknownSchema(long fingerprint, String expected) {
        String message =
                "record was written with schema %016x, which is no version of %s known here;"
                                .formatted(fingerprint, expected)
                        + " upgrade this reader if the writer is newer";
        return new DecodeException(Reason.UNKNOWN_SCHEMA, fingerprint, message, null);
    }

    static DecodeException truncated(long fingerprint, String record, Throwable cause) {
        String message = "%s ends too early: %s".formatted(record, describe(cause));
        return new DecodeException(Reason.TRUNCATED, fingerprint, message, cause);
    }

    static DecodeException malformed(long fingerprint, String record, Throwable cause) {
        String message = "%s does not follow its schema: %s".formatted(record, describe(cause));
        return new DecodeException(Reason.MALFORMED, fingerprint, message, cause);
    }

    static DecodeException trailingBytes(long fingerprint, String record, int left) {
        String message =
                "%s is followed by %d bytes that belong to nothing".formatted(record, left);
        return new DecodeException(Reason.TRAILING_BYTES, fingerprint, message, null);
    }

    private static String describe(Throwable cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** What was wrong. */
    public Reason reason() {
        return reason;
    }

    /** CRC-64-AVRO fingerprint in the header; empty where none could be read. */
    public OptionalLong fingerprint() {
        return fingerprint == null ? OptionalLong.empty() : OptionalLong.of(fingerprint);
    }
}
