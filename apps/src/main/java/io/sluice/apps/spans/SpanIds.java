package io.sluice.apps.spans;

import io.sluice.schemas.avro.RequestOutcome;

import com.google.protobuf.ByteString;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of spans, made from what they are about: a span that is sent again, after a crash, has the id
 * it had.
 */
final class SpanIds {

    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    private final String request;

    SpanIds(RequestOutcome outcome) {
        this.request =
                String.join(
                        "\n",
                        outcome.getFairnessId(),
                        outcome.getRequestId(),
                        String.valueOf(outcome.getSubmittedAt()));
    }

    /** The id of a trace for a request that came without one. */
    ByteString trace() {
        return digest("trace", TRACE_BYTES);
    }

    /** The id of a span of the request. */
    ByteString span(String name) {
        return digest("span\n" + name, SPAN_BYTES);
    }

    private ByteString digest(String what, int bytes) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest((what + "\n" + request).getBytes(StandardCharsets.UTF_8));
            return ByteString.copyFrom(hash, 0, bytes);
        } catch (NoSuchAlgorithmException exception) {
            throw new IllegalStateException("every JDK has SHA-256", exception);
        }
    }
}
