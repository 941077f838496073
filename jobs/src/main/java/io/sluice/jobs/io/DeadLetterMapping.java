package io.sluice.jobs.io;

import io.sluice.jobs.state.LogPosition;
import io.sluice.schemas.avro.DeadLetter;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;

/** From a dead letter of a job to its record on the topic. */
final class DeadLetterMapping {

    private DeadLetterMapping() {}

    /**
     * Key on the topic: where the letter came from, so that a letter written twice is recognised.
     */
    static String key(DeadLetterRecord letter) {
        LogPosition position = letter.position();
        return position.topic() + "-" + position.partition() + "-" + position.offset();
    }

    /** The record, cut to what the topic takes. */
    static DeadLetter record(DeadLetterRecord whole) {
        DeadLetterRecord letter = LetterCut.fit(whole);
        LogPosition position = letter.position();
        return DeadLetter.newBuilder()
                .setTopic(position.topic())
                .setPartition(position.partition())
                .setOffset(position.offset())
                .setTimestamp(Instant.ofEpochMilli(position.timestampMillis()))
                .setKey(buffer(letter.raw().key()))
                .setValue(buffer(letter.raw().value()))
                .setHeaders(headers(letter.raw().headers()))
                .setStage(letter.failure().stage())
                .setErrorClass(letter.failure().errorClass())
                .setMessage(letter.failure().message())
                .setCut(letter.raw() != whole.raw())
                .setSchemaFingerprint(letter.failure().schemaFingerprint())
                .setAt(Instant.ofEpochMilli(letter.atMillis()))
                .build();
    }

    private static @Nullable ByteBuffer buffer(byte @Nullable [] bytes) {
        return bytes == null ? null : ByteBuffer.wrap(bytes);
    }

    private static Map<String, ByteBuffer> headers(Map<String, byte[]> headers) {
        return headers.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, header -> ByteBuffer.wrap(header.getValue())));
    }
}
