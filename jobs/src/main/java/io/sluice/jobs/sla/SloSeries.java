package io.sluice.jobs.sla;

import io.sluice.core.latency.SeriesCap;
import io.sluice.core.slo.SloScope;

import org.jspecify.annotations.Nullable;

/**
 * A series of an objective; its text is the key of its state.
 *
 * @param objective id of the objective, without a slash
 * @param scope what the requests of the series share
 * @param value the value they share
 */
record SloSeries(String objective, SloScope scope, String value) {

    private static final String SEPARATOR = "/";
    private static final int PARTS = 3;

    /** Reads what {@link #text()} wrote. */
    static SloSeries parse(String text) {
        String[] parts = text.split(SEPARATOR, PARTS);
        return new SloSeries(parts[0], SloScope.valueOf(parts[1]), parts[2]);
    }

    /** The one instance that it is about; null if it is about none, or about those of the rest. */
    @Nullable String instance() {
        return scope == SloScope.INSTANCE && !value.equals(SeriesCap.OTHER) ? value : null;
    }

    /** Objective, scope and value as it is, with slashes between. */
    String text() {
        return objective + SEPARATOR + scope.name() + SEPARATOR + value;
    }
}
