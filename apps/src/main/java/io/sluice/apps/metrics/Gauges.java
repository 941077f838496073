package io.sluice.apps.metrics;

import java.util.Map;
import java.util.TreeMap;

/** A number of each of many things, which come and go. */
public final class Gauges implements Metric {

    private final Map<String, String> labels;
    private final String by;
    private volatile Map<String, Double> values = Map.of();

    /**
     * A gauge of nothing.
     *
     * @param labels labels of every sample
     * @param by name of the label by whose values things are told apart
     */
    Gauges(Map<String, String> labels, String by) {
        this.labels = labels;
        this.by = by;
    }

    /** Says what they are now; what is not named is gone. */
    public void set(Map<String, Double> now) {
        values = new TreeMap<>(now);
    }

    @Override
    public String type() {
        return "gauge";
    }

    @Override
    public void write(String name, StringBuilder out) {
        values.forEach(
                (thing, value) ->
                        out.append(name)
                                .append(Labels.text(Labels.with(labels, by, thing)))
                                .append(' ')
                                .append(Numbers.text(value))
                                .append('\n'));
    }
}
