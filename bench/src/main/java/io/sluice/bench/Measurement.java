package io.sluice.bench;

import java.util.Locale;

/**
 * What a scenario costs at a depth.
 *
 * @param scenario what was measured
 * @param depth requests that waited
 * @param turnNanos for one request in and one out
 * @param keepingNanos the same when the lane tells after each event what it must not forget
 * @param plainNanos for one request in and one out of a plain queue of the same depth
 * @param footprint heap for each request that waits
 */
record Measurement(
        Scenario scenario,
        int depth,
        double turnNanos,
        double keepingNanos,
        double plainNanos,
        Footprint footprint) {

    private static final String FORMAT = "%-15s %-22s %9s %12s %8s %12s %8s %8s";

    static String header() {
        return FORMAT.formatted(
                "order", "with", "depth", "ns", "ratio", "ns in job", "B own", "B whole");
    }

    /** A line of the table. */
    String row() {
        return String.format(
                Locale.ROOT,
                FORMAT,
                Scenario.nameOf(scenario.ordering()),
                scenario.company(),
                depth,
                Math.round(turnNanos),
                "%.1f".formatted(turnNanos / plainNanos),
                Math.round(keepingNanos),
                Math.round(footprint.ownBytes()),
                Math.round(footprint.wholeBytes()));
    }
}
