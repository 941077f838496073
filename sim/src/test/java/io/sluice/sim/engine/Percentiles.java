package io.sluice.sim.engine;

import java.util.Arrays;

/** Mean and linearly interpolated percentiles of a sample. */
record Percentiles(double[] sorted) {

    static Percentiles of(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Percentiles(sorted);
    }

    double mean() {
        return Arrays.stream(sorted).average().orElseThrow();
    }

    double at(double fraction) {
        double position = (sorted.length - 1) * fraction;
        int below = (int) position;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (position - below);
    }
}
