package io.sluice.apps.spans;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;

import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a {@code traceparent} says (W3C Trace Context, level 1, section 3.2).
 *
 * @param traceId 16 bytes, not all zero
 * @param spanId span of the client, 8 bytes, not all zero
 * @param sampled whether the client wants it recorded
 */
record TraceContext(ByteString traceId, ByteString spanId, boolean sampled) {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?!ff)([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final String ZEROS = "0+";
    private static final int SAMPLED = 1;

    /** Reads it; null if it is not one. */
    static @Nullable TraceContext parse(String traceparent) {
        Matcher matcher = FORM.matcher(traceparent);
        if (!matcher.matches()) {
            return null;
        }
        boolean more = matcher.group(5) != null;
        if ((more && matcher.group(1).equals("00"))
                || matcher.group(2).matches(ZEROS)
                || matcher.group(3).matches(ZEROS)) {
            return null;
        }
        int flags = Integer.parseInt(matcher.group(4), 16);
        return new TraceContext(
                bytes(matcher.group(2)), bytes(matcher.group(3)), (flags & SAMPLED) != 0);
    }

    private static ByteString bytes(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
