package io.sluice.core.catalog;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * A parameter that a specification may set.
 *
 * @param name what stands before the equals sign
 * @param form what stands behind it, in words such as {@code DURATION}
 * @param byDefault the value where none is written, in the form it would be written in
 * @param meaning one sentence for people who choose
 * @param reader reads a value; throws an {@link IllegalArgumentException} that says what is wrong
 *     with it
 * @param <T> type of the value
 */
public record Parameter<T>(
        String name, String form, String byDefault, String meaning, Function<String, T> reader) {

    /** Switches off what a parameter bounds. */
    public static final String NONE = "none";

    private static final long LARGEST_COUNT = 1_000_000_000;

    /** Rejects a default that the reader refuses. */
    public Parameter {
        Objects.requireNonNull(reader.apply(byDefault), "a default is a value");
    }

    /** A positive time in milliseconds; {@code none} reads as infinity. */
    public static Parameter<Double> timeOrNone(String name, String byDefault, String meaning) {
        return new Parameter<>(
                name,
                "DURATION",
                byDefault,
                meaning,
                text ->
                        text.equals(NONE)
                                ? Double.POSITIVE_INFINITY
                                : positive(Durations.parseMillis(text), text));
    }

    /** A time in milliseconds, 0 or more. */
    public static Parameter<Double> time(String name, String byDefault, String meaning) {
        return new Parameter<>(name, "DURATION", byDefault, meaning, Durations::parseMillis);
    }

    /** A whole number of at least {@code least}. */
    public static Parameter<Long> count(String name, long least, String byDefault, String meaning) {
        return new Parameter<>(
                name, "a whole number", byDefault, meaning, text -> count(text, least));
    }

    /** A finite number above 0. */
    public static Parameter<Double> positive(String name, String byDefault, String meaning) {
        return new Parameter<>(
                name, "a number", byDefault, meaning, text -> positive(number(text), text));
    }

    /** A number between two others, or one of them. */
    public static Parameter<Double> number(
            String name, double least, double most, String byDefault, String meaning) {
        return new Parameter<>(
                name, "a number", byDefault, meaning, text -> within(least, most, text));
    }

    /** One of a few words. */
    public static Parameter<String> choice(
            String name, List<String> words, String byDefault, String meaning) {
        return new Parameter<>(
                name, String.join("|", words), byDefault, meaning, text -> oneOf(words, text));
    }

    /** The same parameter, for which a word may stand for a value. */
    public Parameter<T> or(String word, T instead) {
        return new Parameter<>(
                name,
                form + ", or " + word,
                byDefault,
                meaning,
                text -> text.equals(word) ? instead : reader.apply(text));
    }

    /** The same parameter with another default. */
    public Parameter<T> withDefault(String text) {
        return new Parameter<>(name, form, text, meaning, reader);
    }

    /** Name and form, as in {@code max-overtake=DURATION}. */
    public String usage() {
        return name + "=" + form;
    }

    private static String oneOf(List<String> words, String text) {
        if (words.contains(text)) {
            return text;
        }
        throw new IllegalArgumentException(
                "'%s' is not one of %s".formatted(text, String.join(", ", words)));
    }

    private static long count(String text, long least) {
        double number = number(text);
        if (number >= least && number <= LARGEST_COUNT && number == Math.rint(number)) {
            return (long) number;
        }
        throw new IllegalArgumentException(
                "'%s' is not a whole number from %d to %d".formatted(text, least, LARGEST_COUNT));
    }

    private static double positive(double number, String text) {
        if (number > 0 && number < Double.POSITIVE_INFINITY) {
            return number;
        }
        throw new IllegalArgumentException("'%s' is not above 0".formatted(text));
    }

    private static double within(double least, double most, String text) {
        double number = number(text);
        if (number >= least && number <= most) {
            return number;
        }
        throw new IllegalArgumentException(
                "'%s' is not a number from %s to %s".formatted(text, least, most));
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("'%s' is not a number".formatted(text), none);
        }
    }
}
