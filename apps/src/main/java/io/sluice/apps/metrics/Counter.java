package io.sluice.apps.metrics;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** A number that only grows, in all or by the values of one label. */
public final class Counter implements Metric {

    private final Map<String, String> labels;
    private final String by;
    private final Map<String, DoubleAdder> sums = new ConcurrentHashMap<>();

    /**
     * A counter at zero.
     *
     * @param labels labels of every sample
     * @param by name of the label by whose values it is told apart; empty for none
     */
    Counter(Map<String, String> labels, String by) {
        this.labels = labels;
        this.by = by;
    }

    /**
     * Counts.
     *
     * @param value value of the telling label, from a closed set
     * @param amount how much more, not negative
     */
    public void add(String value, double amount) {
        sums.computeIfAbsent(value, key -> new DoubleAdder()).add(amount);
    }

    /** Counts one. */
    public void add(String value) {
        add(value, 1);
    }

    /** Counts where no label tells anything apart. */
    public void add(double amount) {
        add("", amount);
    }

    @Override
    public String type() {
        return "counter";
    }

    @Override
    public void write(String name, StringBuilder out) {
        if (by.isEmpty() && sums.isEmpty()) {
            out.append(name).append(Labels.text(labels)).append(" 0\n");
        }
        sums.forEach(
                (value, sum) -> {
                    String all =
                            by.isEmpty()
                                    ? Labels.text(labels)
                                    : Labels.text(Labels.with(labels, by, value));
                    out.append(name).append(all).append(' ').append(Numbers.text(sum.sum()));
                    out.append('\n');
                });
    }
}
