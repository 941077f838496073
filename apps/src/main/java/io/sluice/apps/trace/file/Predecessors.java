package io.sluice.apps.trace.file;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers accepted requests by the id under which later rows continue them. Bounded: beyond
 * {@link #REMEMBERED} the one longest not asked for is forgotten, so a trace of any length fits; a
 * chat that pauses for that many requests starts anew.
 */
final class Predecessors {

    /** An accepted request, and the conversation it belongs to. */
    record Known(long sequence, String session) {}

    static final int REMEMBERED = 200_000;

    private final Map<String, Known> known =
            new LinkedHashMap<>(1024, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
                    return size() > REMEMBERED;
                }
            };

    @Nullable Known find(String id) {
        return known.get(id);
    }

    void remember(String id, Known request) {
        known.put(id, request);
    }
}
