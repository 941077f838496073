package io.sluice.jobs.sla;

import io.sluice.core.latency.SlaScope;

/**
 * A scope and one of its values; its text is the key of window state.
 *
 * @param scope what the requests of the group share
 * @param value the value they share
 */
record SlaGroup(SlaScope scope, String value) {

    private static final char SEPARATOR = '/';

    /** Reads what {@link #text()} wrote. */
    static SlaGroup parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        return new SlaGroup(
                SlaScope.valueOf(text.substring(0, separator)), text.substring(separator + 1));
    }

    /** The scope, a slash, and the value as it is. */
    String text() {
        return scope.name() + SEPARATOR + value;
    }
}
