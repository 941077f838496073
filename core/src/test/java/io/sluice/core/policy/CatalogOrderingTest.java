package io.sluice.core.policy;

import java.util.ArrayList;
import java.util.List;

/** Every policy of the catalogue, plain and with ageing, keeps the contract of orders. */
final class CatalogOrderingTest extends OrderingPolicyContract {

    @Override
    protected List<OrderingPolicy> policies() {
        List<OrderingPolicy> policies = new ArrayList<>();
        for (String name : PolicyCatalog.orderingNames()) {
            policies.add(PolicyCatalog.ordering(name));
            policies.add(PolicyCatalog.ordering(name + ":max-overtake=10s"));
            policies.add(PolicyCatalog.ordering(name + ":max-overtake=2m"));
        }
        return policies;
    }
}
