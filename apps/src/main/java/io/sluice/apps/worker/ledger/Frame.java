package io.sluice.apps.worker.ledger;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * One entry of the file: a length, a checksum, a kind, and bytes of which the file knows nothing.
 *
 * @param kind what it says
 * @param payload its content; not to be modified
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; a copy of each would be for nothing.
record Frame(Kind kind, byte[] payload) {

    /** Bytes before the payload: length and checksum, four each, and the kind. */
    static final int HEADER_BYTES = 9;

    /** Far more than an event with copies of a command can have. */
    private static final int MAX_PAYLOAD_BYTES = 1 << 20;

    /** What a frame says. */
    enum Kind {
        /** A number that no later incarnation may have. */
        INCARNATION('I', true),
        /** What is known of a run. */
        RUN('R', true),
        /** The broker has the terminal report of a run. */
        PUBLISHED('P', false),
        /** A run is forgotten. */
        REMOVED('F', false);

        private final byte code;
        private final boolean forced;

        Kind(char code, boolean forced) {
            this.code = (byte) code;
            this.forced = forced;
        }

        static Optional<Kind> of(byte code) {
            return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
        }

        /** Whether it must be on the disk before anything else happens. */
        boolean forced() {
            return forced;
        }
    }

    ByteBuffer bytes() {
        ByteBuffer buffer = ByteBuffer.allocate(HEADER_BYTES + payload.length);
        buffer.putInt(payload.length).putInt(checksum()).put(kind.code).put(payload);
        return buffer.flip();
    }

    int size() {
        return HEADER_BYTES + payload.length;
    }

    /**
     * Reads the frame at the position of a buffer and moves on behind it.
     *
     * @return empty, with the position as it was, if there is no whole and sound frame
     */
    static Optional<Frame> read(ByteBuffer buffer) {
        int start = buffer.position();
        Optional<Frame> frame = tryRead(buffer);
        if (frame.isEmpty()) {
            buffer.position(start);
        }
        return frame;
    }

    private static Optional<Frame> tryRead(ByteBuffer buffer) {
        if (buffer.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        int length = buffer.getInt();
        int checksum = buffer.getInt();
        Optional<Kind> kind = Kind.of(buffer.get());
        boolean whole = length >= 0 && length <= Math.min(buffer.remaining(), MAX_PAYLOAD_BYTES);
        if (!whole || kind.isEmpty()) {
            return Optional.empty();
        }
        byte[] payload = new byte[length];
        buffer.get(payload);
        Frame frame = new Frame(kind.get(), payload);
        return frame.checksum() == checksum ? Optional.of(frame) : Optional.empty();
    }

    /** Refuses what could not be told from a torn length when it is read back. */
    static Frame of(Kind kind, byte[] payload) {
        if (payload.length > MAX_PAYLOAD_BYTES) {
            throw new IllegalArgumentException(
                    "a ledger entry of %d bytes is too large".formatted(payload.length));
        }
        return new Frame(kind, payload);
    }

    private int checksum() {
        CRC32C crc = new CRC32C();
        // The length belongs to it: a file of zeros is then no row of sound, empty frames.
        crc.update(ByteBuffer.allocate(5).putInt(payload.length).put(kind.code).flip());
        crc.update(payload);
        return (int) crc.getValue();
    }
}
