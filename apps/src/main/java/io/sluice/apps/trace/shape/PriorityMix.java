package io.sluice.apps.trace.shape;

import io.sluice.apps.trace.TraceException;
import io.sluice.sim.random.Draws;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Shares of the priority classes among requests.
 *
 * @param shares share of each class named, from 0 to 1; together 1
 */
public record PriorityMix(Map<PriorityClass, Double> shares) {

    /** Room for shares written with few digits, such as three of 0.333. */
    private static final double TOLERANCE = 0.005;

    public PriorityMix {
        Map<PriorityClass, Double> ordered = new EnumMap<>(PriorityClass.class);
        ordered.putAll(shares);
        shares = Collections.unmodifiableMap(ordered);
        double sum = shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new TraceException("the shares of a priority mix must add up to 1, not " + sum);
        }
    }

    /**
     * Reads {@code P0=0.1,P1=0.2,bulk=0.7}.
     *
     * @throws TraceException naming the part that is wrong and what to write
     */
    public static PriorityMix parse(String text) {
        Map<PriorityClass, Double> shares = new EnumMap<>(PriorityClass.class);
        for (String part : text.split(",", -1)) {
            String[] sides = part.split("=", -1);
            if (sides.length != 2) {
                throw new TraceException(
                        "priority mix '"
                                + text
                                + "': '"
                                + part.trim()
                                + "' is not CLASS=SHARE, such as P0=0.1,P4=0.9");
            }
            PriorityClass priorityClass = PriorityClass.parse(sides[0]);
            if (shares.put(priorityClass, share(text, sides[1].trim())) != null) {
                throw new TraceException(
                        "priority mix '" + text + "' names " + priorityClass.label() + " twice");
            }
        }
        return new PriorityMix(shares);
    }

    private static double share(String text, String number) {
        try {
            double share = Double.parseDouble(number);
            if (share >= 0 && share <= 1) {
                return share;
            }
        } catch (NumberFormatException e) {
            // Falls through to the same complaint.
        }
        throw new TraceException(
                "priority mix '" + text + "': '" + number + "' is not a share from 0 to 1");
    }

    /** A class drawn by share. */
    PriorityClass draw(Draws draws) {
        double[] weights = shares.values().stream().mapToDouble(Double::doubleValue).toArray();
        return List.copyOf(shares.keySet()).get(draws.weighted(weights));
    }

    @Override
    public String toString() {
        return shares.entrySet().stream()
                .map(e -> e.getKey().label() + "=" + e.getValue())
                .collect(Collectors.joining(","));
    }
}
