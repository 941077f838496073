package io.sluice.sim.protocol;

import io.sluice.core.model.RequestKey;

import java.util.Map;

/** What becomes of each request once it runs; it does not depend on when or where. */
record Fates(Map<RequestKey, Fate> byKey) {

    /**
     * The fate of a request.
     *
     * @param workMillis how long it runs
     * @param failures attempts that fail before one does not
     */
    record Fate(long workMillis, int failures) {}

    private static final Fate PLAIN = new Fate(300, 0);

    Fates {
        byKey = Map.copyOf(byKey);
    }

    long workMillis(RequestKey key) {
        return byKey.getOrDefault(key, PLAIN).workMillis();
    }

    boolean fails(RequestKey key, int attempt) {
        return attempt <= byKey.getOrDefault(key, PLAIN).failures();
    }
}
