package io.sluice.core.routing;

import io.sluice.core.catalog.Catalog;
import io.sluice.core.catalog.CatalogEntry;

import java.util.List;

/** The routing policies that a deployer may name. */
public final class RoutingCatalog {

    private static final Catalog<RoutingPolicy> POLICIES =
            new Catalog<>(
                    "routing policy",
                    List.of(
                            CatalogEntry.plain("round-robin", RoundRobin::new),
                            CatalogEntry.plain("least-outstanding", LeastOutstanding::new),
                            CatalogEntry.plain("session-affinity", SessionAffinity::new)));

    private RoutingCatalog() {}

    /** How an instance is chosen. */
    public static Catalog<RoutingPolicy> policies() {
        return POLICIES;
    }

    /** All names, sorted. */
    public static List<String> names() {
        return POLICIES.names();
    }

    /**
     * Makes a new policy object.
     *
     * @throws IllegalArgumentException naming the choices, if the name is unknown
     */
    public static RoutingPolicy create(String specification) {
        return POLICIES.make(specification);
    }
}
