package io.sluice.jobs.io;

import io.sluice.schemas.RecordLimits;
import io.sluice.schemas.Topic;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.Map;

/**
 * Cuts a dead letter to what its topic takes. Any record of another topic fits as it was written;
 * one that was compressed may be larger than that. The message says what is missing, and the origin
 * where the whole record is, as long as its topic keeps it.
 */
final class LetterCut {

    /** For the origin, the message, and what Avro, the client and the broker put around it. */
    private static final int RESERVED_BYTES = 64 << 10;

    /** Of these and more each: name and value of a header are preceded by their lengths. */
    private static final int HEADER_BYTES = 10;

    private static final int MESSAGE_BYTES = 2 * RecordLimits.TEXT_BYTES;
    private static final int ROOM = Topic.DEAD_LETTERS.storage().maxMessageBytes() - RESERVED_BYTES;

    /** Most of the room that a key or headers have when not everything fits. */
    private static final int SMALL_PART = ROOM / 8;

    private final StringBuilder message;

    private LetterCut(Failure failure) {
        message = new StringBuilder(RecordLimits.cut(failure.message(), MESSAGE_BYTES));
    }

    /** The letter, if need be with less of what it carries. */
    static DeadLetterRecord fit(DeadLetterRecord letter) {
        return new LetterCut(letter.failure()).cut(letter);
    }

    private DeadLetterRecord cut(DeadLetterRecord letter) {
        RawMessage raw = letter.raw();
        long headers = size(raw.headers());
        if (headers + length(raw.key()) + length(raw.value()) > ROOM) {
            raw = cut(raw, headers);
        }
        Failure failure = letter.failure();
        return new DeadLetterRecord(
                letter.position(),
                raw,
                new Failure(
                        failure.stage(),
                        failure.errorClass(),
                        message.toString(),
                        failure.schemaFingerprint()),
                letter.atMillis());
    }

    private RawMessage cut(RawMessage raw, long headerBytes) {
        byte[] key = first("key", raw.key(), SMALL_PART);
        int room = ROOM - length(key);
        Map<String, byte[]> headers = raw.headers();
        if (headerBytes > SMALL_PART) {
            headers = Map.of();
            message.append("; its headers, %d bytes, are left out".formatted(headerBytes));
        } else {
            room -= (int) headerBytes;
        }
        return new RawMessage(key, first("value", raw.value(), room), headers);
    }

    private byte @Nullable [] first(String what, byte @Nullable [] bytes, int most) {
        if (bytes == null || bytes.length <= most) {
            return bytes;
        }
        message.append(
                "; of the %d bytes of its %s the first %d are kept"
                        .formatted(bytes.length, what, most));
        return Arrays.copyOf(bytes, most);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static long size(Map<String, byte[]> headers) {
        return headers.entrySet().stream()
                .mapToLong(
                        header ->
                                (long) HEADER_BYTES
                                        + RecordLimits.bytes(header.getKey())
                                        + header.getValue().length)
                .sum();
    }
}
