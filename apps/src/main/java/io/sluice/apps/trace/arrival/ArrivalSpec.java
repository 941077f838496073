package io.sluice.apps.trace.arrival;

import io.sluice.apps.trace.TraceException;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** A user's wish for arrivals, before any file is opened. */
public sealed interface ArrivalSpec {

    /** All forms that {@link #parse} takes, for help and errors. */
    String CHOICES =
            "auto, recorded, spread[:SECONDS], poisson, gamma:CV, square:SHARE/SHARE@SECONDS,"
                    + " burstgpt, burstgpt:FILE[@SECONDS-PER-HOUR], hourly:FILE[@SECONDS-PER-HOUR],"
                    + " gaps:FILE";

    /** Recorded times where the trace has them, else Poisson. */
    record Auto() implements ArrivalSpec {}

    /** Recorded times. */
    record Recorded() implements ArrivalSpec {}

    /** Recorded times, ticks spread. */
    record Spread(Duration tick) implements ArrivalSpec {}

    /** Gamma-distributed gaps; CV 1 is Poisson. */
    record Renewal(double cv) implements ArrivalSpec {}

    /** Two rates in turn, in this proportion to each other, each for so many seconds. */
    record Square(double first, double second, double seconds) implements ArrivalSpec {}

    /** A rate curve by the hour, how many seconds an hour lasts, and the CV of gaps within it. */
    record Hourly(Path file, double secondsPerHour, double cv) implements ArrivalSpec {}

    /** The gaps of another trace. */
    record GapsOf(Path file) implements ArrivalSpec {}

    /**
     * CV of the gaps in BurstGPT's generator of load (arXiv 2401.17644): gamma-distributed with
     * shape 0.5. Its trace has this burstiness on top of a rate that changes by the hour, which no
     * formula gives.
     */
    double BURSTGPT_CV = Math.sqrt(2);

    /** The tick of the Mooncake conversation trace. */
    Duration MOONCAKE_TICK = Duration.ofSeconds(3);

    /** An hour of a curve in ten seconds: a day passes in four minutes. */
    double DEFAULT_SECONDS_PER_HOUR = 10;

    /**
     * Reads a wish.
     *
     * @throws TraceException for any other text, naming the choices
     */
    static ArrivalSpec parse(String text) {
        int colon = text.indexOf(':');
        String kind = (colon < 0 ? text : text.substring(0, colon)).trim().toLowerCase(Locale.ROOT);
        String rest = colon < 0 ? "" : text.substring(colon + 1).trim();
        return rest.isEmpty() ? withoutParameter(text, kind) : withParameter(text, kind, rest);
    }

    private static ArrivalSpec withoutParameter(String text, String kind) {
        return switch (kind) {
            case "auto" -> new Auto();
            case "recorded" -> new Recorded();
            case "poisson" -> new Renewal(1);
            case "burstgpt" -> new Renewal(BURSTGPT_CV);
            case "spread" -> new Spread(MOONCAKE_TICK);
            default -> throw unknown(text);
        };
    }

    private static ArrivalSpec withParameter(String text, String kind, String rest) {
        return switch (kind) {
            case "spread" -> new Spread(Duration.ofNanos((long) (positive(text, rest) * 1e9)));
            case "gamma" -> new Renewal(positive(text, rest));
            case "gaps" -> new GapsOf(Path.of(rest));
            case "hourly" -> hourly(text, rest, 1);
            case "burstgpt" -> hourly(text, rest, BURSTGPT_CV);
            case "square" -> square(text, rest);
            default -> throw unknown(text);
        };
    }

    private static ArrivalSpec hourly(String text, String rest, double cv) {
        int at = rest.lastIndexOf('@');
        return at < 0
                ? new Hourly(Path.of(rest), DEFAULT_SECONDS_PER_HOUR, cv)
                : new Hourly(
                        Path.of(rest.substring(0, at)), positive(text, rest.substring(at + 1)), cv);
    }

    private static ArrivalSpec square(String text, String rest) {
        String[] parts = rest.split("[/@]", -1);
        if (parts.length != 3 || rest.indexOf('/') > rest.indexOf('@')) {
            throw new TraceException(
                    "arrivals '"
                            + text
                            + "': write two shares and a time, such as square:1/9@30; choose one of "
                            + CHOICES);
        }
        return new Square(
                positive(text, parts[0]), positive(text, parts[1]), positive(text, parts[2]));
    }

    private static double positive(String text, String number) {
        try {
            double value = Double.parseDouble(number);
            if (value > 0 && value <= 1e6) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new TraceException(
                "arrivals '"
                        + text
                        + "': '"
                        + number
                        + "' is not a number above 0; choose one of "
                        + CHOICES);
    }

    private static TraceException unknown(String text) {
        return new TraceException("unknown arrivals '" + text + "'; choose one of " + CHOICES);
    }
}
