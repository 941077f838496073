package io.sluice.demo.report;

import java.util.Arrays;

/**
 * A growing list of numbers without a box around each: a report over a million requests keeps four
 * of these lists.
 */
final class Samples {

    private double[] values = new double[64];
    private int size;

    void add(double value) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
        }
        values[size] = value;
        size++;
    }

    Distribution distribution() {
        return Distribution.of(Arrays.copyOf(values, size));
    }
}
