package io.sluice.apps.simulate;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One setting of a sweep.
 *
 * @param at values of the options that are swept, in the order in which they were named; empty
 *     where nothing is
 * @param plan what to run there
 */
record Point(Map<String, String> at, Plan plan) {

    /** Keeps a copy of the map. */
    Point {
        at = Collections.unmodifiableMap(new LinkedHashMap<>(at));
    }
}
