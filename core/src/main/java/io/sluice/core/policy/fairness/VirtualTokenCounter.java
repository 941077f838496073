package io.sluice.core.policy.fairness;

import io.sluice.core.policy.FairnessPolicy;
import io.sluice.core.policy.OrderMemory;
import io.sluice.core.policy.OrderingPolicy;
import io.sluice.core.policy.QueueOrder;

/**
 * The tenant that has received least goes first (VTC: Sheng et al., Fairness in Serving Large
 * Language Models, OSDI 2024). Service is weighted tokens: those of the prompt when it is sent, and
 * those of the output as predicted, corrected when the true length is known.
 */
public final class VirtualTokenCounter implements FairnessPolicy {

    private final double inputWeight;
    private final double outputWeight;
    private final TenantWeights weights;
    private final boolean classesFirst;

    /**
     * Creates the policy.
     *
     * @param inputWeight what a prompt token counts
     * @param outputWeight what an output token counts
     * @param weights shares of the tenants
     * @param classesFirst whether, under an order by classes, tenants are equal within a class only
     */
    public VirtualTokenCounter(
            double inputWeight, double outputWeight, TenantWeights weights, boolean classesFirst) {
        if (!(inputWeight > 0) || !(outputWeight > 0)) {
            throw new IllegalArgumentException(
                    "weights of tokens must be above 0, got %s for input and %s for output"
                            .formatted(inputWeight, outputWeight));
        }
        this.inputWeight = inputWeight;
        this.outputWeight = outputWeight;
        this.weights = weights;
        this.classesFirst = classesFirst;
    }

    @Override
    public String name() {
        return "vtc";
    }

    @Override
    public QueueOrder newOrder(OrderingPolicy ordering, OrderMemory memory) {
        return new FairOrder(
                classesFirst && ordering.classesFirst(),
                new CounterTurns(inputWeight, outputWeight, weights, memory));
    }
}
