package io.sluice.apps.metrics;

/** A metric that can write itself in the text format of Prometheus. Safe for several threads. */
interface Metric {

    /**
     * Writes its samples, one a line.
     *
     * @param name name of the metric
     * @param out receives the lines
     */
    void write(String name, StringBuilder out);

    /** The word of the format for its kind. */
    String type();
}
