package io.sluice.apps.simulate;

import io.sluice.sim.result.Distribution;
import io.sluice.sim.result.RunFigures;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/**
 * All runs of a study under one policy. Times are means over the runs of what each run came to; a
 * class counts where it had requests.
 *
 * @param at values of what is swept; empty where nothing is
 * @param policy as it was written
 * @param runs one for each seed
 */
public record Summary(Map<String, String> at, String policy, List<Cell> runs) {

    /** Two-sided 95 % points of Student's t, by degrees of freedom from 1; the normal's beyond. */
    private static final double[] T_95 = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL_95 = 1.960;

    /** Mean and count of a class. */
    public record OfClass(double mean, long count) {}

    /** Mean over the runs of a figure; not a number if one of the runs has none. */
    double mean(ToDoubleFunction<RunFigures> figure) {
        return runs.stream()
                .mapToDouble(run -> figure.applyAsDouble(run.figures()))
                .average()
                .orElse(Double.NaN);
    }

    /** Half of the 95 % confidence interval of that mean; not a number for a single run. */
    double confidence(ToDoubleFunction<RunFigures> figure) {
        int degrees = runs.size() - 1;
        if (degrees == 0) {
            return Double.NaN;
        }
        double mean = mean(figure);
        double squares =
                runs.stream()
                        .mapToDouble(run -> figure.applyAsDouble(run.figures()) - mean)
                        .map(difference -> difference * difference)
                        .sum();
        double t = degrees <= T_95.length ? T_95[degrees - 1] : NORMAL_95;
        return t * Math.sqrt(squares / degrees / runs.size());
    }

    /**
     * Mean over the runs of a figure.
     *
     * @param name as in a report, or a class such as {@code P0} for its mean latency
     * @return not a number if one of the runs has none
     * @throws IllegalArgumentException naming the choices, if there is no such figure
     */
    public double figure(String name) {
        if (name.matches("P\\d+")) {
            OfClass of = byRank().get(Integer.parseInt(name.substring(1)));
            return of == null ? Double.NaN : of.mean();
        }
        return mean(Figures.named(name));
    }

    long requests() {
        return runs.stream().mapToLong(run -> run.figures().requests()).sum();
    }

    double cpuSeconds() {
        return runs.stream().mapToDouble(Cell::cpuSeconds).sum();
    }

    /** By class, 0 the most urgent. */
    public SortedMap<Integer, OfClass> byRank() {
        SortedMap<Integer, OfClass> ranks = new TreeMap<>();
        for (Cell run : runs) {
            run.figures().byRank().keySet().forEach(rank -> ranks.computeIfAbsent(rank, this::of));
        }
        return ranks;
    }

    private OfClass of(int rank) {
        List<Distribution> of =
                runs.stream()
                        .map(run -> run.figures().byRank())
                        .map(ranks -> ranks.getOrDefault(rank, Distribution.EMPTY))
                        .filter(distribution -> distribution.count() > 0)
                        .toList();
        return new OfClass(
                of.stream().mapToDouble(Distribution::mean).average().orElse(Double.NaN),
                of.stream().mapToLong(Distribution::count).sum());
    }
}
