package io.sluice.apps.calibrate;

import java.util.Locale;

/**
 * The part of a run that is fitted: a fraction of its time, or seconds from its first arrival.
 *
 * @param value the fraction, up to 1, or the seconds
 * @param seconds which of the two
 */
record FitWindow(double value, boolean seconds) {

    /**
     * Reads {@code 0.5}, {@code 33} or {@code 33s}: up to 1 it is a fraction unless an s follows.
     *
     * @throws IllegalArgumentException if it is neither
     */
    static FitWindow parse(String text) {
        String trimmed = text.strip().toLowerCase(Locale.ROOT);
        boolean unit = trimmed.endsWith("s");
        try {
            double value =
                    Double.parseDouble(unit ? trimmed.substring(0, trimmed.length() - 1) : trimmed);
            if (value > 0 && Double.isFinite(value)) {
                return new FitWindow(value, unit || value > 1);
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "--fit-until is \"%s\", must be a fraction above 0 and up to 1, or seconds such as 30s"
                        .formatted(text));
    }

    /** The end of the window in a run that lasts so long. */
    long endNanos(long runNanos) {
        return Math.min(runNanos, Math.round(seconds ? value * 1e9 : value * runNanos));
    }
}
