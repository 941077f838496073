package io.sluice.core.policy;

import io.sluice.core.catalog.CatalogEntry;

import java.util.ArrayList;
import java.util.List;

/** Every policy of the catalogue, plain and with ageing, keeps the contract of orders. */
final class CatalogOrderingTest extends OrderingPolicyContract {

    @Override
    protected List<OrderingPolicy> policies() {
        List<OrderingPolicy> policies = new ArrayList<>();
        for (CatalogEntry<OrderingPolicy> entry : PolicyCatalog.orderings().entries()) {
            String name = entry.name();
            policies.add(PolicyCatalog.ordering(name));
            if (entry.takes("max-overtake")) {
                policies.add(PolicyCatalog.ordering(name + ":max-overtake=10s"));
                policies.add(PolicyCatalog.ordering(name + ":max-overtake=2m"));
            }
        }
        return policies;
    }
}
