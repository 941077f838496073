package io.sluice.demo.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What decision records cost: dispatches a second with them and without, by turns, so that whatever
 * else the machine does falls on both.
 */
final class DecisionCost {

    /** Measures dispatches a second at a share of requests whose decisions are written. */
    @FunctionalInterface
    interface Trial {
        /** One trial. */
        double perSecond(double share) throws Exception;
    }

    private final List<Double> with = new ArrayList<>();
    private final List<Double> without = new ArrayList<>();

    /**
     * Measures so many pairs; every other begins with the other half. One trial before them warms
     * the machine up and does not count.
     */
    static DecisionCost measure(int rounds, Trial trial) throws Exception {
        DecisionCost cost = new DecisionCost();
        trial.perSecond(1);
        for (int round = 0; round < rounds; round++) {
            if (round % 2 == 0) {
                cost.with.add(trial.perSecond(1));
                cost.without.add(trial.perSecond(0));
            } else {
                cost.without.add(trial.perSecond(0));
                cost.with.add(trial.perSecond(1));
            }
        }
        return cost;
    }

    /** Median of the pairs' ratios: 1 if records cost nothing. */
    double ratio() {
        double[] ratios = new double[with.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = with.get(i) / without.get(i);
        }
        return median(ratios);
    }

    String text() {
        return String.format(
                Locale.ROOT,
                "decisions: %,.0f dispatches/s with records (%s), %,.0f without (%s); median ratio %.2f of %d pairs",
                median(numbers(with)),
                list(with),
                median(numbers(without)),
                list(without),
                ratio(),
                with.size());
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(value -> value).toArray();
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String list(List<Double> values) {
        return String.join(
                ", ",
                values.stream().map(value -> String.format(Locale.ROOT, "%,.0f", value)).toList());
    }
}
