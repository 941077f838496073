package io.sluice.apps.simulate;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Parameters of the prefix policies that a call fixes for all of them at once.
 *
 * @param tie how ties are broken, or null for the policies' own default
 * @param oneQuery whether they reckon with a cache of the last prompt only, like the engine
 */
record PrefixDefaults(@Nullable String tie, boolean oneQuery) {

    private static final Set<String> PREFIX_POLICIES = Set.of("lpm", "k-lpm");

    /** A policy, with the parameters that it leaves open if it is one of those. */
    String in(String specification) {
        String name = specification.split(":", 2)[0].strip();
        if (!PREFIX_POLICIES.contains(name)) {
            return specification;
        }
        String filled = specification;
        if (tie != null) {
            filled = with(filled, "tie", tie);
        }
        return oneQuery ? with(filled, "cache", "one-query") : filled;
    }

    private static String with(String specification, String parameter, String value) {
        if (specification.contains(parameter + "=")) {
            return specification;
        }
        String separator = specification.contains(":") ? "," : ":";
        return specification + separator + parameter + "=" + value;
    }
}
