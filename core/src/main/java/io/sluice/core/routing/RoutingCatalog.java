package io.sluice.core.routing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The routing policies that a deployer may name. */
public final class RoutingCatalog {

    private static final Map<String, Supplier<RoutingPolicy>> POLICIES =
            new TreeMap<>(
                    Map.of(
                            "round-robin", RoundRobin::new,
                            "least-outstanding", LeastOutstanding::new,
                            "session-affinity", SessionAffinity::new));

    private RoutingCatalog() {}

    /** All names, sorted. */
    public static List<String> names() {
        return List.copyOf(POLICIES.keySet());
    }

    /**
     * Makes a new policy object.
     *
     * @throws IllegalArgumentException naming the choices, if the name is unknown
     */
    public static RoutingPolicy create(String name) {
        Supplier<RoutingPolicy> maker = POLICIES.get(name.strip());
        if (maker == null) {
            throw new IllegalArgumentException(
                    "unknown routing policy '%s'; choose one of %s"
                            .formatted(name, String.join(", ", POLICIES.keySet())));
        }
        return maker.get();
    }
}
