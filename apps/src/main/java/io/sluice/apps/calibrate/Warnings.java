package io.sluice.apps.calibrate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was not as it should be and did not stop the work: each kind once, with how often and where
 * first.
 */
final class Warnings {
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private final Map<String, String> firsts = new LinkedHashMap<>();

    /** Something about the whole run. */
    void add(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    /** Something about one row. */
    void add(String what, String where) {
        add(what);
        firsts.putIfAbsent(what, where);
    }

    /** The warnings in the order in which they first came. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        counts.forEach(
                (what, count) -> {
                    String first = firsts.get(what);
                    lines.add(
                            first == null
                                    ? what
                                    : "%s: %,d (first: %s)".formatted(what, count, first));
                });
        return lines;
    }
}
