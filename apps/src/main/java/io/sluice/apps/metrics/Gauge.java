package io.sluice.apps.metrics;

import java.util.Map;

/** A number that goes up and down. */
public final class Gauge implements Metric {

    private final Map<String, String> labels;
    private final String type;
    private volatile double value;

    Gauge(Map<String, String> labels, String type) {
        this.labels = labels;
        this.type = type;
    }

    /** Says what it is now. */
    public void set(double now) {
        value = now;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public void write(String name, StringBuilder out) {
        out.append(name).append(Labels.text(labels)).append(' ').append(Numbers.text(value));
        out.append('\n');
    }
}
