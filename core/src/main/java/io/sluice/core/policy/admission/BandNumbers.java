package io.sluice.core.policy.admission;

import io.sluice.core.model.PriorityBand;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A number for every priority band, as people write it: {@code 1000} for each of them, or {@code
 * P0=5000,shed=100,*=1000}, where {@code *} stands for the bands that are not named.
 */
public final class BandNumbers {

    private static final String OTHERS = "*";

    private final Map<PriorityBand, Long> numbers = new EnumMap<>(PriorityBand.class);
    private long others;

    private BandNumbers() {}

    /**
     * Reads them.
     *
     * @return numbers of at least 1
     * @throws IllegalArgumentException saying what is wrong: a band that there is not, is named
     *     twice or is left without a number, or a number that is none
     */
    public static BandNumbers parse(String text) {
        BandNumbers read = new BandNumbers();
        if (text.contains("=")) {
            for (String part : text.split(",", -1)) {
                read.add(part.split("=", 2));
            }
        } else {
            read.others = number(text);
        }
        read.requireAll();
        return read;
    }

    /** The number of a band. */
    public long of(PriorityBand band) {
        return numbers.getOrDefault(band, others);
    }

    private void add(String[] pair) {
        if (pair.length != 2) {
            throw new IllegalArgumentException(
                    "'%s' is not BAND=NUMBER, such as shed=100".formatted(pair[0].strip()));
        }
        String name = pair[0].strip();
        long number = number(pair[1]);
        boolean again;
        if (name.equals(OTHERS)) {
            again = others > 0;
            others = number;
        } else {
            again = numbers.put(band(name), number) != null;
        }
        if (again) {
            throw new IllegalArgumentException("band '%s' has two numbers".formatted(name));
        }
    }

    private static PriorityBand band(String name) {
        return bands().stream()
                .filter(band -> band.label().equals(name))
                .findAny()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "unknown band '%s'; the bands are %s, and %s for all others"
                                                .formatted(name, labels(bands()), OTHERS)));
    }

    private static long number(String text) {
        try {
            long number = Long.parseLong(text.strip());
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException none) {
            // Said below.
        }
        throw new IllegalArgumentException(
                "'%s' is not a whole number of at least 1".formatted(text.strip()));
    }

    private void requireAll() {
        List<PriorityBand> without =
                bands().stream().filter(band -> !numbers.containsKey(band)).toList();
        if (others == 0 && !without.isEmpty()) {
            throw new IllegalArgumentException(
                    "there is no number for %s; add %s=NUMBER for all others"
                            .formatted(labels(without), OTHERS));
        }
    }

    private static List<PriorityBand> bands() {
        return List.of(PriorityBand.values());
    }

    private static String labels(List<PriorityBand> bands) {
        return bands.stream().map(PriorityBand::label).collect(Collectors.joining(", "));
    }
}
