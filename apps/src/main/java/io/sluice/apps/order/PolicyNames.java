package io.sluice.apps.order;

import io.sluice.core.catalog.Catalog;
import io.sluice.core.policy.PolicyCatalog;
import io.sluice.core.routing.RoutingCatalog;

import org.jspecify.annotations.Nullable;

import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Policies to decide by from now on, each as name or name:parameter=value,...; null for one that
 * stays as it is.
 *
 * @param ordering who goes first in a lane
 * @param fairness whose turn it is among tenants
 * @param admission who is let into a lane
 * @param preemption when a run is interrupted for another
 * @param batching when what waits is sent
 * @param routing how an instance is chosen
 */
public record PolicyNames(
        @Nullable String ordering,
        @Nullable String fairness,
        @Nullable String admission,
        @Nullable String preemption,
        @Nullable String batching,
        @Nullable String routing) {

    /**
     * Checks each alone; whether they go with those that stay is for the job to say.
     *
     * @throws WrongOrder if one cannot be made
     */
    public PolicyNames {
        check("ordering", ordering, PolicyCatalog.orderings());
        check("fairness", fairness, PolicyCatalog.fairness());
        check("admission", admission, PolicyCatalog.admissions());
        check("preemption", preemption, PolicyCatalog.preemptions());
        check("batching", batching, PolicyCatalog.batchings());
        check("routing", routing, RoutingCatalog.policies());
    }

    /**
     * Policies by their kind.
     *
     * @throws WrongOrder if one cannot be made
     */
    public static PolicyNames of(Map<String, String> byKind) {
        return new PolicyNames(
                byKind.get("ordering"),
                byKind.get("fairness"),
                byKind.get("admission"),
                byKind.get("preemption"),
                byKind.get("batching"),
                byKind.get("routing"));
    }

    private static void check(String kind, @Nullable String specification, Catalog<?> catalog) {
        if (specification == null) {
            return;
        }
        try {
            catalog.make(specification);
        } catch (IllegalArgumentException exception) {
            throw new WrongOrder(
                    kind, Objects.requireNonNull(exception.getMessage(), "says what is wrong"));
        }
    }

    /** Whether all stay as they are. */
    public boolean isEmpty() {
        return Stream.of(ordering, fairness, admission, preemption, batching, routing)
                .allMatch(Objects::isNull);
    }
}
