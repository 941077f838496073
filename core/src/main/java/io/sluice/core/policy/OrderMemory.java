package io.sluice.core.policy;

import java.util.Map;

/**
 * What an order remembers of the past: numbers by name, so that it lies in state as plainly as
 * everything else. An order that finds names it does not know ignores them.
 *
 * @param values by name; the names of one policy begin with its own
 */
public record OrderMemory(Map<String, Double> values) {

    /** Nothing is remembered. */
    public static final OrderMemory EMPTY = new OrderMemory(Map.of());

    /** Copies the map. */
    public OrderMemory {
        values = Map.copyOf(values);
    }
}
