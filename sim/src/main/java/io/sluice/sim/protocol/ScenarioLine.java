package io.sluice.sim.protocol;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** A line of a scenario: words, then {@code name=value} and flags in any order. */
final class ScenarioLine {

    private final int number;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> values = new HashMap<>();
    private int next;

    /**
     * Takes a line apart.
     *
     * @param number of the line in its file, from 1
     */
    ScenarioLine(int number, String text) {
        this.number = number;
        for (String word : text.trim().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                words.add(word);
            } else {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
    }

    /** The next word. */
    String word(String what) {
        if (next == words.size()) {
            throw wrong("it lacks " + what);
        }
        return words.get(next++);
    }

    /** The next word, read. */
    <T> T word(String what, Function<String, T> reading) {
        return read(what, word(what), reading);
    }

    /** Whether a flag is set. */
    boolean has(String flag) {
        int at = words.indexOf(flag);
        if (at < next) {
            return false;
        }
        words.remove(at);
        return true;
    }

    /** A value by its name, which takes it off the line. */
    @Nullable String text(String name) {
        return values.remove(name);
    }

    /** A value, or another if it is not named. */
    long number(String name, long otherwise) {
        String text = values.remove(name);
        return text == null ? otherwise : read(name, text, Long::valueOf);
    }

    /** A value that must be there. */
    <T> T required(String name, Function<String, T> reading) {
        String text = values.remove(name);
        if (text == null) {
            throw wrong("it lacks %s=".formatted(name));
        }
        return read(name, text, reading);
    }

    /** A value, or null if it is not named. */
    <T> @Nullable T optional(String name, Function<String, T> reading) {
        String text = values.remove(name);
        return text == null ? null : read(name, text, reading);
    }

    /** Refuses what nobody has asked for. */
    void end() {
        if (next < words.size()) {
            throw wrong("'%s' means nothing here".formatted(words.get(next)));
        }
        if (!values.isEmpty()) {
            throw wrong("'%s=' means nothing here".formatted(values.keySet().iterator().next()));
        }
    }

    private <T> T read(String what, String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (IllegalArgumentException e) {
            throw wrong("%s cannot be '%s' (%s)".formatted(what, text, e.getMessage()));
        }
    }

    IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("line %d: %s".formatted(number, why));
    }

    /** How a constant is written. */
    static String written(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Reads what {@link #written} writes. */
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        return text -> {
            for (E constant : type.getEnumConstants()) {
                if (written(constant).equals(text)) {
                    return constant;
                }
            }
            List<String> choices = new ArrayList<>();
            for (E constant : type.getEnumConstants()) {
                choices.add(written(constant));
            }
            throw new IllegalArgumentException("choose one of " + String.join(", ", choices));
        };
    }
}
