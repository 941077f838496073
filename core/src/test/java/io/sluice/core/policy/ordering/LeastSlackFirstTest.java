package io.sluice.core.policy.ordering;

import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.OrderingPolicyContract;
import io.sluice.core.policy.SortKey;
import io.sluice.core.prediction.ServiceModel;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.sluice.core.testing.RequestBuilder.request;
import static org.assertj.core.api.Assertions.assertThat;

/** Least slack first keeps the contract of orders, and does what its name says. */
final class LeastSlackFirstTest extends OrderingPolicyContract {

    @Override
    protected List<OrderingPolicy> policies() {
        return List.of(new LeastSlackFirst(), new Ageing(new LeastSlackFirst(), 10_000));
    }

    @Test
    void theLongerOfTwoWithOneDeadlineMustStartSooner() {
        ServiceModel tenMillisForEachOutputToken = new ServiceModel(0, 10);
        OrderingPolicy policy = new LeastSlackFirst();

        SortKey brief =
                policy.keyOf(
                        request("a").tokens(1, 100).deadline(60_000).build(),
                        tenMillisForEachOutputToken);
        SortKey lengthy =
                policy.keyOf(
                        request("b").tokens(1, 5_000).deadline(60_000).build(),
                        tenMillisForEachOutputToken);

        assertThat(lengthy).isLessThan(brief);
    }
}
