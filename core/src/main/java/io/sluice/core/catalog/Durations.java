package io.sluice.core.catalog;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations as people write them. */
public final class Durations {

    private static final Pattern FORM = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(ms|s|m|h)");

    private Durations() {}

    /**
     * Reads {@code 250ms}, {@code 1.5s}, {@code 2m} or {@code 1h}.
     *
     * @return milliseconds
     * @throws IllegalArgumentException if the text has another form
     */
    public static double parseMillis(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a duration; write a number and a unit: 250ms, 1.5s, 2m, 1h"
                            .formatted(text));
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> value;
            case "s" -> value * 1_000;
            case "m" -> value * 60_000;
            default -> value * 3_600_000;
        };
    }
}
