package io.sluice.apps.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** All metrics of a program, in the text format of Prometheus. */
public final class MetricsPage {

    /** Content type of {@link #text}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private record Entry(String help, Metric metric) {}

    private final Map<String, String> labels;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /**
     * An empty page.
     *
     * @param labels labels of every sample of every metric on it
     */
    public MetricsPage(Map<String, String> labels) {
        this.labels = Map.copyOf(labels);
    }

    /** Adds a counter; its name ends in {@code _total}. */
    public Counter counter(String name, String help) {
        return add(name, help, new Counter(labels, ""));
    }

    /** Adds a counter that is told apart by the values of a label. */
    public Counter counter(String name, String help, String by) {
        return add(name, help, new Counter(labels, by));
    }

    /** Adds a gauge. */
    public Gauge gauge(String name, String help) {
        return add(name, help, new Gauge(labels, "gauge"));
    }

    /** Adds a gauge of many things of one kind, told apart by the values of a label. */
    public Gauges gauges(String name, String help, String by) {
        return add(name, help, new Gauges(labels, by));
    }

    /** Adds a counter that somebody else counts: it is set, never lower than before. */
    public Gauge total(String name, String help) {
        return add(name, help, new Gauge(labels, "counter"));
    }

    /** Adds a histogram with these upper bounds. */
    public Histogram histogram(String name, String help, double... bounds) {
        return add(name, help, new Histogram(labels, bounds));
    }

    /** Adds a fact: the value is always 1, and the labels are what is told. */
    public void info(String name, String help, Map<String, String> facts) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.putAll(facts);
        add(name, help, new Gauge(all, "gauge")).set(1);
    }

    private synchronized <M extends Metric> M add(String name, String help, M metric) {
        if (entries.putIfAbsent(name, new Entry(help, metric)) != null) {
            throw new IllegalArgumentException("metric %s is there twice".formatted(name));
        }
        return metric;
    }

    /** The page. */
    public synchronized String text() {
        StringBuilder out = new StringBuilder();
        entries.forEach(
                (name, entry) -> {
                    out.append("# HELP ").append(name).append(' ').append(entry.help());
                    out.append("\n# TYPE ").append(name).append(' ');
                    out.append(entry.metric().type()).append('\n');
                    entry.metric().write(name, out);
                });
        return out.toString();
    }
}
