package io.sluice.core.policy;

import io.sluice.core.policy.ordering.Ageing;
import io.sluice.core.policy.ordering.CriticalPath;
import io.sluice.core.policy.ordering.EarliestDeadlineFirst;
import io.sluice.core.policy.ordering.Fcfs;
import io.sluice.core.policy.ordering.Semantic;
import io.sluice.core.policy.ordering.ShortestJobFirst;
import io.sluice.core.policy.ordering.StrictPriority;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The ordering policies that a deployer may name. A specification is a name, optionally followed by
 * parameters: {@code semantic:max-overtake=30s}. The long names of the field ({@code
 * fcfs-ordering-policy}) are accepted too.
 */
public final class PolicyCatalog {

    private static final String LONG_NAME_SUFFIX = "-ordering-policy";
    private static final String MAX_OVERTAKE = "max-overtake";

    private static final Map<String, Supplier<OrderingPolicy>> ORDERINGS =
            new TreeMap<>(
                    Map.of(
                            "critical-path", CriticalPath::new,
                            "fcfs", Fcfs::new,
                            "sjf", ShortestJobFirst::new,
                            "priority", StrictPriority::new,
                            "semantic", Semantic::new,
                            "edf", EarliestDeadlineFirst::new));

    private PolicyCatalog() {}

    /** Names of all ordering policies, sorted. */
    public static List<String> orderingNames() {
        return List.copyOf(ORDERINGS.keySet());
    }

    /**
     * Makes the policy that a specification names.
     *
     * @param specification name, or {@code name:max-overtake=DURATION} with a duration such as
     *     {@code 500ms}, {@code 30s} or {@code 2m}
     * @throws IllegalArgumentException naming the choices, if the name, a parameter or a value is
     *     unknown
     */
    public static OrderingPolicy ordering(String specification) {
        String[] parts = specification.strip().split(":", 2);
        OrderingPolicy base = named(parts[0].strip());
        return parts.length == 1 ? base : withParameters(base, parts[1]);
    }

    private static OrderingPolicy named(String name) {
        String shortName =
                name.endsWith(LONG_NAME_SUFFIX)
                        ? name.substring(0, name.length() - LONG_NAME_SUFFIX.length())
                        : name;
        Supplier<OrderingPolicy> maker = ORDERINGS.get(shortName);
        if (maker == null) {
            throw new IllegalArgumentException(
                    "unknown ordering policy '%s'; choose one of %s"
                            .formatted(name, String.join(", ", ORDERINGS.keySet())));
        }
        return maker.get();
    }

    private static OrderingPolicy withParameters(OrderingPolicy base, String parameters) {
        OrderingPolicy policy = base;
        for (String parameter : parameters.split(",", -1)) {
            String[] pair = parameter.split("=", 2);
            if (pair.length != 2 || !pair[0].strip().equals(MAX_OVERTAKE)) {
                throw new IllegalArgumentException(
                        "unknown parameter '%s' of ordering policy '%s'; the only parameter is %s=DURATION"
                                .formatted(parameter.strip(), base.name(), MAX_OVERTAKE));
            }
            policy = new Ageing(base, Durations.parseMillis(pair[1].strip()));
        }
        return policy;
    }
}
