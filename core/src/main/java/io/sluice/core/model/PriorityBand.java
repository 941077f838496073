package io.sluice.core.model;

/**
 * The class of a request, for reports and metric labels: a closed set of bands over the open range
 * of priorities.
 *
 * <p>P0 is the most urgent. The bands mirror the order of priorities, in which higher is more
 * important: P0 is priority 4 and above, P4 is priority 0, and everything below zero may be shed
 * under load.
 */
public enum PriorityBand {
    /** Priority 4 and above. */
    P0("P0"),
    /** Priority 3. */
    P1("P1"),
    /** Priority 2. */
    P2("P2"),
    /** Priority 1. */
    P3("P3"),
    /** Priority 0, the default. */
    P4("P4"),
    /** Negative priorities: may be shed under load. */
    SHED("shed");

    private static final PriorityBand[] BY_PRIORITY = {P4, P3, P2, P1, P0};

    private final String wireName;

    PriorityBand(String wireName) {
        this.wireName = wireName;
    }

    /** The band of a priority, in which higher is more important. */
    public static PriorityBand of(int priority) {
        return priority < 0 ? SHED : BY_PRIORITY[Math.min(priority, BY_PRIORITY.length - 1)];
    }

    /** The name that users see in topics, reports and metric labels. */
    public String wireName() {
        return wireName;
    }
}
