package io.sluice.core.testing;

import io.sluice.core.policy.OrderingPolicy.Interruptions;
import io.sluice.core.policy.PolicyCatalog;

import java.util.List;

/** Ordering policies of the catalogue, for tests that go through all of them. */
public final class Orderings {

    private Orderings() {}

    /** Names of those that make sense where what has started runs to its end. */
    public static List<String> withoutInterruptions() {
        return PolicyCatalog.orderingNames().stream()
                .filter(name -> interruptions(name) != Interruptions.NEEDED)
                .toList();
    }

    /** Names of those that rank what runs and what waits. */
    public static List<String> withInterruptions() {
        return PolicyCatalog.orderingNames().stream()
                .filter(name -> interruptions(name) != Interruptions.IMPOSSIBLE)
                .toList();
    }

    private static Interruptions interruptions(String name) {
        return PolicyCatalog.ordering(name).interruptions();
    }
}
