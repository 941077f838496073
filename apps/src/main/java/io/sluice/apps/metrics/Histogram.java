package io.sluice.apps.metrics;

import java.util.Arrays;
import java.util.Map;

/** How often values fell below given bounds. */
public final class Histogram implements Metric {

    private final Map<String, String> labels;
    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /**
     * An empty histogram.
     *
     * @param labels labels of every sample
     * @param bounds upper bounds of the buckets, growing; one without bound is added
     */
    Histogram(Map<String, String> labels, double... bounds) {
        this.labels = labels;
        this.bounds = bounds.clone();
        this.counts = new long[bounds.length + 1];
    }

    /** Takes in a value. */
    public void observe(double value) {
        observe(value, 1);
    }

    /** Takes in the same value several times. */
    public synchronized void observe(double value, long times) {
        int found = Arrays.binarySearch(bounds, value);
        counts[found >= 0 ? found : -found - 1] += times;
        sum += value * times;
    }

    @Override
    public String type() {
        return "histogram";
    }

    @Override
    public synchronized void write(String name, StringBuilder out) {
        long below = 0;
        for (int i = 0; i < counts.length; i++) {
            below += counts[i];
            String bound = i < bounds.length ? Numbers.text(bounds[i]) : "+Inf";
            String all = Labels.text(Labels.with(labels, "le", bound));
            out.append(name).append("_bucket").append(all).append(' ').append(below).append('\n');
        }
        String plain = Labels.text(labels);
        out.append(name).append("_sum").append(plain).append(' ').append(sum).append('\n');
        out.append(name).append("_count").append(plain).append(' ').append(below).append('\n');
    }
}
