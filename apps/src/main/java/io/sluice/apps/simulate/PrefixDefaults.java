package io.sluice.apps.simulate;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * What a study means for the policies that go by shared prefixes: whether there are any to go by,
 * and parameters that a call fixes for all of these policies at once.
 *
 * @param tie how ties are broken, or null for the policies' own default
 * @param oneQuery whether they reckon with a cache of the last prompt only, like the engine
 * @param known whether prompts say what they share; asked only where it matters
 */
record PrefixDefaults(@Nullable String tie, boolean oneQuery, BooleanSupplier known) {

    private static final Set<String> PREFIX_POLICIES = Set.of("lpm", "k-lpm");

    /**
     * Refuses a policy that would have nothing to go by, and a rule for ties that nobody would ask
     * for.
     *
     * @throws IllegalArgumentException naming the policy, or the option, and what to do
     */
    void check(List<String> specifications) {
        specifications.forEach(this::check);
        if (tie != null && specifications.stream().noneMatch(PrefixDefaults::isPrefixPolicy)) {
            throw new IllegalArgumentException(
                    "--tie goes with --policy lpm or k-lpm, not with --policy %s"
                            .formatted(String.join(",", specifications)));
        }
    }

    private void check(String specification) {
        if (isPrefixPolicy(specification) && !known.getAsBoolean()) {
            throw new IllegalArgumentException(
                    "policy '%s' goes by shared prefixes, but these requests do not say what their prompts share; give a trace with hash_ids (mooncake, bailian, workload), --text-blocks 16 if it has texts, or --workload k-lpm, or choose another policy"
                            .formatted(specification));
        }
    }

    private static boolean isPrefixPolicy(String specification) {
        return PREFIX_POLICIES.contains(specification.split(":", 2)[0].strip());
    }

    /** A policy, with the parameters that it leaves open if it is one of those. */
    String in(String specification) {
        if (!isPrefixPolicy(specification)) {
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
