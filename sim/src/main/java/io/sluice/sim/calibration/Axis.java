package io.sluice.sim.calibration;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * Values along one axis of a table, linear in between and, from the last two, beyond. Below the
 * first it stays at the first. The grid may have gaps; a value of the axis may itself be an axis.
 *
 * @param <T> what stands at each point
 */
final class Axis<T> {
    private final TreeMap<Integer, T> points = new TreeMap<>();

    /** What stands at a point, made if there is nothing yet. */
    T at(int point, Supplier<T> make) {
        return points.computeIfAbsent(point, p -> make.get());
    }

    void put(int point, T value) {
        points.put(point, value);
    }

    boolean has(int point) {
        return points.containsKey(point);
    }

    T get(int point) {
        T value = points.get(point);
        if (value == null) {
            throw new IllegalArgumentException("table: nothing at " + point);
        }
        return value;
    }

    /**
     * A value between the points.
     *
     * @param position where; points below {@code from} are not looked at
     * @param from the first point that counts: 0 tokens of a kind are another thing than few
     * @param value the number at a point
     */
    double interpolate(double position, int from, ToDoubleFunction<T> value) {
        TreeMap<Integer, T> counting = new TreeMap<>(points.tailMap(from, true));
        if (counting.isEmpty()) {
            throw new IllegalArgumentException(
                    "table: no point at %d or beyond, asked for %.0f".formatted(from, position));
        }
        int whole = (int) Math.floor(position);
        Map.Entry<Integer, T> below = counting.floorEntry(whole);
        Map.Entry<Integer, T> above = counting.higherEntry(whole);
        if (below == null) {
            return value.applyAsDouble(counting.firstEntry().getValue());
        }
        if (above == null) {
            above = below;
            below = counting.lowerEntry(above.getKey());
        }
        if (below == null) {
            return value.applyAsDouble(above.getValue());
        }
        double low = value.applyAsDouble(below.getValue());
        double high = value.applyAsDouble(above.getValue());
        double part = (position - below.getKey()) / (above.getKey() - below.getKey());
        return low + (high - low) * part;
    }
}
