package io.sluice.jobs.state;

import io.sluice.core.policy.OrderMemory;

import java.util.Map;

/** What the order of the queue of one lane remembers. */
public record OrderMemoryState(String instanceId, Map<String, Double> values, long[] numbers) {

    /** The state form. */
    public static OrderMemoryState of(String instanceId, OrderMemory memory) {
        return new OrderMemoryState(instanceId, memory.values(), memory.numbers());
    }

    /** The kernel's form. */
    public OrderMemory toCore() {
        return new OrderMemory(values, numbers);
    }
}
