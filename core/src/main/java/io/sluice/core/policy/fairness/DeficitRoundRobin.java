package io.sluice.core.policy.fairness;

import io.sluice.core.policy.FairnessPolicy;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;

/**
 * Tenants take turns, and at each turn may spend a quantum of tokens and what they have saved of
 * earlier ones (deficit round robin: Shreedhar and Varghese, SIGCOMM 1995). A request costs its
 * prompt and its predicted output, corrected when the true length is known.
 */
public final class DeficitRoundRobin implements FairnessPolicy {

    private final long quantumTokens;
    private final TenantWeights weights;
    private final boolean classesFirst;

    /**
     * Creates the policy.
     *
     * @param quantumTokens what a tenant of weight 1 may spend at a turn
     * @param weights shares of the tenants
     * @param classesFirst whether, under an order by classes, tenants are equal within a class only
     */
    public DeficitRoundRobin(long quantumTokens, TenantWeights weights, boolean classesFirst) {
        if (quantumTokens < 1) {
            throw new IllegalArgumentException(
                    "quantum must be at least 1 token, got " + quantumTokens);
        }
        this.quantumTokens = quantumTokens;
        this.weights = weights;
        this.classesFirst = classesFirst;
    }

    @Override
    public String name() {
        return "drr";
    }

    @Override
    public QueueOrder newOrder(OrderingPolicy ordering, OrderMemory memory) {
        return new FairOrder(
                classesFirst && ordering.classesFirst(),
                new DeficitTurns(quantumTokens, weights, memory));
    }
}
