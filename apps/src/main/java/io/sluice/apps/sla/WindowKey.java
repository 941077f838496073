package io.sluice.apps.sla;

import io.sluice.core.latency.SlaScope;

import java.time.Duration;
import java.time.Instant;

/**
 * One window of one group.
 *
 * @param lengthMillis its length
 * @param startMillis its start, inclusive
 * @param scope what its requests share
 * @param value the value they share
 */
record WindowKey(long lengthMillis, long startMillis, SlaScope scope, String value) {

    long endMillis() {
        return startMillis + lengthMillis;
    }

    @Override
    public String toString() {
        return "%s+%s %s/%s"
                .formatted(Instant.ofEpochMilli(startMillis), words(lengthMillis), scope, value);
    }

    /** A length as people write it. */
    static String words(long millis) {
        Duration length = Duration.ofMillis(millis);
        if (millis % 3_600_000 == 0) {
            return length.toHours() + " h";
        }
        if (millis % 60_000 == 0) {
            return length.toMinutes() + " min";
        }
        return millis % 1_000 == 0 ? length.toSeconds() + " s" : millis + " ms";
    }
}
