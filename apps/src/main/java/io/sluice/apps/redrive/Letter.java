package io.sluice.apps.redrive;

import io.sluice.schemas.avro.DeadLetter;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/** A dead letter, and what can be done with it. */
record Letter(DeadLetter record, Fate fate) {

    private static final int LONGEST_WHY = 120;

    /** What can be done with a letter. */
    enum Fate {
        /** The programs of this version read it. */
        READY("can be read now"),
        /** It was sent again before. */
        SENT_BEFORE("sent again before"),
        /** It would be a dead letter once more. */
        UNREADABLE("still cannot be read"),
        /** Some of it is missing. */
        CUT("cut, too large"),
        /** It was read, and came too late or made no sense; its bytes are where it came from. */
        WAS_READ("was read, not kept");

        private final String words;

        Fate(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    /** Where a letter came from: topic-partition-offset. */
    static String origin(DeadLetter letter) {
        return "%s-%d-%d".formatted(letter.getTopic(), letter.getPartition(), letter.getOffset());
    }

    /** Why it is here, in one short line, whatever the record said that it was about. */
    String why() {
        String message = record.getMessage().replaceAll("\\p{Cntrl}", "?");
        return message.length() <= LONGEST_WHY ? message : message.substring(0, LONGEST_WHY) + "…";
    }

    /** The bytes of a field, which may be absent. */
    static byte @Nullable [] bytes(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
