package io.sluice.core.policy;

import java.util.Arrays;
import java.util.Map;

/**
 * What an order remembers of the past, in forms so plain that it lies in state as everything else
 * does. An order that finds what it does not know ignores it.
 *
 * @param values numbers by name; the names of one policy begin with its own
 * @param numbers whole numbers whose meaning the order knows; not to be modified
 */
@SuppressWarnings(
        "ArrayRecordComponent") // Equality is by content, below; a list would box every number.
public record OrderMemory(Map<String, Double> values, long[] numbers) {

    /** Nothing is remembered. */
    public static final OrderMemory EMPTY = new OrderMemory(Map.of());

    /** Copies the map. */
    public OrderMemory {
        values = Map.copyOf(values);
    }

    /** Numbers by name alone. */
    public OrderMemory(Map<String, Double> values) {
        this(values, new long[0]);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof OrderMemory that
                && values.equals(that.values)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + Arrays.hashCode(numbers);
    }

    @Override
    public String toString() {
        return "OrderMemory[%s, %d numbers]".formatted(values, numbers.length);
    }
}
