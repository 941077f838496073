package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Promises about a request's timing; each is separate from the others. */
public enum Target {
    /** Time to first token that the client hopes for ({@code slo_ttft_ms}). */
    TTFT,
    /** Time per further token that the client hopes for ({@code slo_tpot_ms}). */
    TPOT,
    /** Time to the last token that the client hopes for ({@code slo_e2e_ms}). */
    E2E,
    /** How long the request may wait before it is worthless ({@code ttl_ms}). */
    TTL,
    /** How long after its submission it must have ended ({@code deadline}, there as an instant). */
    DEADLINE;

    /** Name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Target parse(String name) {
        return Arrays.stream(values())
                .filter(t -> t.label().equals(name.trim().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TraceException(
                                        "unknown target '"
                                                + name.trim()
                                                + "'; choose one of "
                                                + Arrays.stream(values())
                                                        .map(Target::label)
                                                        .collect(Collectors.joining(", "))));
    }
}
