package io.sluice.apps.sla;

/** What is compared of a measure; of measures that are counts only {@link #COUNT}. */
enum Statistic {
    /** How many, as an absolute difference. */
    COUNT("count", false),
    /** Values in buckets that they do not belong into, as an absolute difference. */
    BUCKETS("buckets", false),
    /** Arithmetic mean. */
    MEAN("mean", true),
    /** Smallest. */
    MIN("min", true),
    /** Largest. */
    MAX("max", true),
    /** Median. */
    P50("p50", true),
    /** 90th percentile. */
    P90("p90", true),
    /** 95th percentile. */
    P95("p95", true),
    /** 99th percentile. */
    P99("p99", true);

    private final String label;
    private final boolean relative;

    Statistic(String label, boolean relative) {
        this.label = label;
        this.relative = relative;
    }

    String label() {
        return label;
    }

    /** Whether differences are a share of the exact value. */
    boolean isRelative() {
        return relative;
    }
}
