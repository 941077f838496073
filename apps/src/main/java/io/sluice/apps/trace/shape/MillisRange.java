package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;
import io.sluice.sim.random.Draws;

/**
 * A time span, or a range from which one is drawn evenly.
 *
 * @param lowMillis shortest, above 0
 * @param highMillis longest
 */
public record MillisRange(double lowMillis, double highMillis) {

    private static final double LONGEST_MILLIS = 30L * 24 * 3600 * 1000;

    public MillisRange {
        if (!(lowMillis > 0 && lowMillis <= highMillis && highMillis <= LONGEST_MILLIS)) {
            throw new TraceException(
                    "a time span must be above 0, at most 30 days, and a range must not fall: "
                            + lowMillis
                            + " to "
                            + highMillis
                            + " ms");
        }
    }

    /**
     * Reads {@code 500}, {@code 500ms}, {@code 2s}, {@code 1m} or a range {@code 10s..60s}; a bare
     * number is in milliseconds.
     *
     * @throws TraceException naming the text
     */
    public static MillisRange parse(String text) {
        int dots = text.indexOf("..");
        return dots < 0
                ? new MillisRange(millis(text, text), millis(text, text))
                : new MillisRange(
                        millis(text, text.substring(0, dots)),
                        millis(text, text.substring(dots + 2)));
    }

    private static double millis(String whole, String part) {
        String text = part.trim();
        double factor = 1;
        String number = text;
        if (text.endsWith("ms")) {
            number = text.substring(0, text.length() - 2);
        } else if (text.endsWith("s")) {
            factor = 1000;
            number = text.substring(0, text.length() - 1);
        } else if (text.endsWith("m")) {
            factor = 60_000;
            number = text.substring(0, text.length() - 1);
        }
        try {
            return Double.parseDouble(number.trim()) * factor;
        } catch (NumberFormatException e) {
            throw new TraceException(
                    "'"
                            + whole
                            + "' is not a time span; write 500ms, 2s, 1m or a range such as 10s..60s",
                    e);
        }
    }

    /** A span of the range. */
    double draw(Draws draws) {
        return lowMillis == highMillis
                ? lowMillis
                : lowMillis + draws.uniform() * (highMillis - lowMillis);
    }

    @Override
    public String toString() {
        return lowMillis == highMillis ? lowMillis + "ms" : lowMillis + "ms.." + highMillis + "ms";
    }
}
