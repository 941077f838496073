package io.sluice.apps.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Seeds as they are given on the command line: {@code 0-4}, {@code 1,3,7} or both. */
final class SeedList {

    private static final Pattern RANGE = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
    private static final long MOST = 10_000;

    private SeedList() {}

    /**
     * Reads seeds.
     *
     * @throws IllegalArgumentException saying what is no seed, or how many there are too many
     */
    static List<Long> parse(String text) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (!range.matches()) {
                throw new IllegalArgumentException(
                        "--seeds: '%s' is no seed; write 0-4 or 0,1,2".formatted(part.strip()));
            }
            long first = Long.parseLong(range.group(1));
            long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
            if (last < first || last - first >= MOST) {
                throw new IllegalArgumentException(
                        "--seeds: '%s' must go up, to at most %d seeds"
                                .formatted(part.strip(), MOST));
            }
            for (long seed = first; seed <= last; seed++) {
                seeds.add(seed);
            }
        }
        return new ArrayList<>(seeds);
    }
}
