package io.sluice.apps.trace.file;

import io.sluice.apps.trace.RejectReason;
import io.sluice.apps.trace.TraceProblem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Walks the lines of a file in step with the scan, because the scan drops the lines that it cannot
 * decode without a word: this cursor knows which they were, and so the true number of every other
 * line.
 */
final class LineCursor implements AutoCloseable {

    /** No byte, signed as they are here, has this value. */
    private static final int END_OF_FILE = Integer.MIN_VALUE;

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final Consumer<TraceProblem> problems;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int buffered;
    private int at;
    private byte[] line = new byte[1024];
    private int length;
    private long number;
    private boolean afterCarriageReturn;

    /**
     * A cursor before the first line.
     *
     * @param in the file, decompressed; the cursor closes it
     * @param problems told about each line that the scan drops
     */
    LineCursor(InputStream in, Consumer<TraceProblem> problems) {
        this.in = in;
        this.problems = problems;
    }

    /**
     * Moves to the next line that the scan delivers and that is not blank; false at the end of the
     * file.
     */
    boolean next() throws IOException {
        while (readLine()) {
            if (length > TraceQuery.LONGEST_ROW_BYTES) {
                drop("longer than " + TraceQuery.LONGEST_ROW_BYTES + " bytes");
            } else if (!isUtf8()) {
                drop("not UTF-8 text");
            } else if (!isBlank()) {
                return true;
            }
        }
        return false;
    }

    /** Number of the current line, from 1. */
    long number() {
        return number;
    }

    private void drop(String why) {
        problems.accept(new TraceProblem(number, RejectReason.MALFORMED, why));
    }

    /** Lines end with LF, CR LF or CR. Of an over-long line only its length is kept. */
    private boolean readLine() throws IOException {
        length = 0;
        int next = read();
        if (next == '\n' && afterCarriageReturn) {
            next = read();
        }
        if (next == END_OF_FILE) {
            return false;
        }
        number++;
        while (next != END_OF_FILE && next != '\n' && next != '\r') {
            append((byte) next);
            next = read();
        }
        afterCarriageReturn = next == '\r';
        return true;
    }

    private void append(byte value) {
        if (length <= TraceQuery.LONGEST_ROW_BYTES) {
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = value;
        }
    }

    private int read() throws IOException {
        if (at == buffered) {
            buffered = in.read(buffer);
            at = 0;
            if (buffered <= 0) {
                buffered = 0;
                return END_OF_FILE;
            }
        }
        return buffer[at++];
    }

    private boolean isUtf8() {
        for (int i = 0; i < length; i++) {
            if (line[i] < 0) {
                return decodes();
            }
        }
        return true;
    }

    private boolean decodes() {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
