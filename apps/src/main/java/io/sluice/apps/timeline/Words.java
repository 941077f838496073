package io.sluice.apps.timeline;

import java.time.Duration;
import java.util.Locale;

/** Quantities as people read them. */
public final class Words {

    private static final long TENTHS_BELOW_SECONDS = 120;

    private Words() {}

    /** A duration with its unit: {@code 350 ms}, {@code 14.2 s}, {@code 3 min 20 s}. */
    public static String duration(Duration duration) {
        return duration.isNegative() ? "-" + positive(duration.negated()) : positive(duration);
    }

    /** The same of milliseconds. */
    public static String millis(double millis) {
        return duration(Duration.ofNanos(Math.round(millis * 1e6)));
    }

    private static String positive(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds == 0) {
            return duration.toMillis() + " ms";
        }
        if (seconds < TENTHS_BELOW_SECONDS) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
        }
        return duration.toHours() < 2
                ? "%d min %d s".formatted(duration.toMinutes(), duration.toSecondsPart())
                : "%d h %d min".formatted(duration.toHours(), duration.toMinutesPart());
    }

    /** A number of things: {@code 1 request}, {@code 2 requests}. */
    static String count(long number, String thing) {
        return number + " " + thing + (number == 1 ? "" : "s");
    }
}
