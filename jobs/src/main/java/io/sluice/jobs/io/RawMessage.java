package io.sluice.jobs.io;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A record as the broker gave it.
 *
 * @param key key, or null
 * @param value value, or null
 * @param headers headers by name; of several with one name, the last
 */
public record RawMessage(
        byte @Nullable [] key, byte @Nullable [] value, Map<String, byte[]> headers) {

    /** For a record that was decoded: it is still at its position in the log. */
    public static final RawMessage NOT_KEPT = new RawMessage(null, null, Map.of());
}
