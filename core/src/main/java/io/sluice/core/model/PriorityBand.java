package io.sluice.core.model;

import java.util.Locale;

/**
 * A class of requests, as limits, reports and metric labels name it; declared from most to least
 * urgent.
 */
public enum PriorityBand {
    /** Priority 4 and above. */
    P0(0),
    /** Priority 3. */
    P1(1),
    /** Priority 2. */
    P2(2),
    /** Priority 1. */
    P3(3),
    /** Priority 0, the default. */
    P4(4),
    /** Negative priority: may be shed. */
    SHED(5);

    private static final int HIGHEST = 4;

    private final int rank;

    PriorityBand(int rank) {
        this.rank = rank;
    }

    /** 0 for the most urgent band, 5 for the least. */
    public int rank() {
        return rank;
    }

    /** The band of a priority, where higher is more important. */
    public static PriorityBand of(int priority) {
        if (priority < 0) {
            return SHED;
        }
        return switch (Math.min(priority, HIGHEST)) {
            case 4 -> P0;
            case 3 -> P1;
            case 2 -> P2;
            case 1 -> P3;
            default -> P4;
        };
    }

    /** {@code P0} to {@code P4}, or {@code shed}. */
    public String label() {
        return this == SHED ? name().toLowerCase(Locale.ROOT) : name();
    }
}
