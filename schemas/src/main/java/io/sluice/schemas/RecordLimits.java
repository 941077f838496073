package io.sluice.schemas;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * How long the parts of a record may be that other records repeat. What a client writes must fit
 * into the command, the hand-back, the heartbeat and the outcome that come of it, each of which is
 * itself at most {@link TopicStorage#maxMessageBytes()}.
 */
public final class RecordLimits {

    /**
     * Most bytes, in UTF-8, of an id of a request, tenant or instance. A heartbeat lists both ids
     * of every run that its worker holds.
     */
    public static final int ID_BYTES = 512;

    /** Most bytes, in UTF-8, of any other text, such as a model, a session or a trace context. */
    public static final int TEXT_BYTES = 4 << 10;

    /**
     * Most hashes of prompt blocks: a million tokens in blocks of 16. A command repeats them, at
     * most ten bytes each.
     */
    public static final int HASH_IDS = 64 << 10;

    /** Most requests that one request may wait for. */
    public static final int WAIT_FOR = 256;

    private static final int MOST_BYTES_OF_A_CHAR = 3;

    private RecordLimits() {}

    /** Whether a text has at most so many bytes in UTF-8. */
    public static boolean fits(String text, int mostBytes) {
        return text.length() <= mostBytes / MOST_BYTES_OF_A_CHAR || bytes(text) <= mostBytes;
    }

    /** Bytes of a text in UTF-8. */
    public static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** The text, or as much of its beginning as has at most so many bytes in UTF-8. */
    public static String cut(String text, int mostBytes) {
        if (fits(text, mostBytes)) {
            return text;
        }
        CharBuffer rest = CharBuffer.wrap(text);
        StandardCharsets.UTF_8.newEncoder().encode(rest, ByteBuffer.allocate(mostBytes), true);
        return text.substring(0, rest.position());
    }

    /**
     * Whether a request can be told by these ids: it has one, and neither is too long to be
     * repeated in an outcome. Any other request is a dead letter.
     *
     * @param tenant may be blank, for the default tenant
     */
    public static boolean identify(String tenant, String requestId) {
        return !requestId.isBlank() && fits(requestId, ID_BYTES) && fits(tenant, ID_BYTES);
    }
}
